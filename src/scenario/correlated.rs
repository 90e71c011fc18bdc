//! The pairs of `[correlation]` looked up among the uncertain numbers of a run.

use super::correlation::{CorrelatedPair, Correlation};
use super::path::{joined, parts};
use super::written::Place;
use crate::diagnostics::{Diagnostics, nearest};
use std::collections::{HashMap, HashSet};

/// A path of the run in its parts, with the place of its number; what is not a path has none.
struct Known {
    parts: Vec<String>,
    at: usize,
}

/// What a pattern matches: the number, and the parts that stand where its stars are.
type Match<'k> = (&'k Known, Vec<&'k str>);

/// Paths of the run that an error names.
const MOST_NAMED: usize = 5;

impl Correlation {
    /// The pairs among the run's numbers: places in `paths`, ρ, and the place in [`Correlation::pairs`] that says so. No two numbers twice; a path that
    /// stands in `paths` more than once counts at its first place.
    ///
    /// A path without a star is itself. The same pattern twice is every pair among its matches. Two patterns with as many stars are the pairs whose stars
    /// stand for the same, as in sector by sector. A pattern and a path without a star are each match with that path.
    ///
    /// # Errors
    /// A path or pattern of no number of the run, two patterns that never meet, two numbers with two different correlations; each at its place in the file.
    pub fn pairs_of(&self, paths: &[&str]) -> Result<Vec<(usize, usize, f64, usize)>, Diagnostics> {
        let known = known(paths);
        let mut wrong = Diagnostics::default();
        let mut out: Vec<(usize, usize, f64, usize)> = Vec::new();
        let mut said: HashMap<(usize, usize), usize> = HashMap::new();
        for (at, pair) in self.pairs.iter().enumerate() {
            for (first, second) in meetings(&known, paths, pair, &mut wrong) {
                let key = (first.min(second), first.max(second));
                let Some(before) = said.get(&key).map(|before| out[*before]) else {
                    said.insert(key, out.len());
                    out.push((first, second, pair.spearman, at));
                    continue;
                };
                let (earlier, rho) = (before.3, before.2);
                if rho != pair.spearman {
                    let message =
                        format!("{} and {} have two correlations: {rho} before, {} here", paths[first], paths[second], pair.spearman);
                    let help = match earlier == at {
                        true => "write the pairs one by one".to_owned(),
                        false => format!("remove one of the two; pair {} of the list says {rho}", earlier + 1),
                    };
                    error(&mut wrong, &pair.place, message, Some(help));
                    // One is enough of what may be hundreds.
                    break;
                }
            }
        }
        if wrong.has_errors() {
            wrong.sort();
            return Err(wrong);
        }
        Ok(out)
    }

    /// An error at one of the pairs, by its place in [`Correlation::pairs`], as where it makes the matrix impossible.
    pub fn place_error(&self, pair: usize, message: impl Into<String>, help: Option<String>) -> Diagnostics {
        let mut wrong = Diagnostics::default();
        if let Some(pair) = self.pairs.get(pair) {
            error(&mut wrong, &pair.place, message, help);
        }
        wrong
    }
}

fn error(wrong: &mut Diagnostics, place: &Place, message: impl Into<String>, help: Option<String>) {
    wrong.error_at(&place.source, place.span.clone(), message, help);
}

/// Every path once, in the order of the run.
fn known(paths: &[&str]) -> Vec<Known> {
    let mut seen: HashSet<&str> = HashSet::with_capacity(paths.len());
    let mut out = Vec::with_capacity(paths.len());
    for (at, path) in paths.iter().enumerate() {
        if seen.insert(path)
            && let Some(parts) = parts(path)
        {
            out.push(Known { parts: parts.into_iter().map(|part| part.name).collect(), at });
        }
    }
    out
}

/// The numbers that a pair joins, each two once and none with itself.
fn meetings(known: &[Known], paths: &[&str], pair: &CorrelatedPair, wrong: &mut Diagnostics) -> Vec<(usize, usize)> {
    let sides = [&pair.first, &pair.second].map(|pattern| matches(known, pattern));
    let mut found = true;
    for ((pattern, matches), place) in [&pair.first, &pair.second].into_iter().zip(&sides).zip(&pair.path_places) {
        if matches.is_empty() {
            unknown(known, paths, pattern, place, wrong);
            found = false;
        }
    }
    if !found {
        return Vec::new();
    }
    let [first, second] = &sides;
    let stars = |pattern: &[Option<String>]| pattern.iter().filter(|part| part.is_none()).count();
    let (one, other) = (stars(&pair.first), stars(&pair.second));
    if one > 0 && other > 0 && one != other {
        let message = "these two patterns cannot be set side by side: one has more stars than the other";
        error(wrong, &pair.place, message, Some("write as many stars in both, a star for what is the same in both".to_owned()));
        return Vec::new();
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    if pair.first == pair.second {
        for (i, (a, _)) in first.iter().enumerate() {
            out.extend(first[i + 1..].iter().map(|(b, _)| (a.at, b.at)));
        }
    } else if one > 0 && other > 0 {
        let by_stars: HashMap<&[&str], usize> = second.iter().map(|(b, stars)| (&stars[..], b.at)).collect();
        out.extend(first.iter().filter_map(|(a, stars)| Some((a.at, *by_stars.get(&stars[..])?))));
    } else {
        out.extend(first.iter().flat_map(|(a, _)| second.iter().map(move |(b, _)| (a.at, b.at))));
    }
    out.retain(|(a, b)| a != b);
    if out.is_empty() {
        let (message, help) = match pair.first == pair.second {
            true => ("only one uncertain number of this run is meant, and nothing that it could go with", "name a second one"),
            false => (
                "no two uncertain numbers of this run stand for the same where the stars are",
                "write the paths in full: a star is what both of them have in common, such as the sector",
            ),
        };
        error(
            wrong,
            &pair.place,
            message,
            Some(format!("{help}; the first path matches {}", some(first.iter().map(|(k, _)| paths[k.at]), first.len()))),
        );
    }
    out
}

fn matches<'k>(known: &'k [Known], pattern: &[Option<String>]) -> Vec<Match<'k>> {
    let fits = |known: &Known| {
        known.parts.len() == pattern.len()
            && pattern.iter().zip(&known.parts).all(|(want, part)| want.as_ref().is_none_or(|want| want == part))
    };
    let stars =
        |known: &'k Known| known.parts.iter().zip(pattern).filter(|(_, want)| want.is_none()).map(|(part, _)| part.as_str()).collect();
    known.iter().filter(|known| fits(known)).map(|known| (known, stars(known))).collect()
}

/// Says of a path that it is of no uncertain number, with the one that was likely meant, or some that there are.
fn unknown(known: &[Known], paths: &[&str], pattern: &[Option<String>], place: &Place, wrong: &mut Diagnostics) {
    let shown: Vec<&str> = pattern.iter().map(|part| part.as_deref().unwrap_or("*")).collect();
    let open = pattern.iter().any(Option::is_none);
    let message = match open {
        false => format!("{} is not an uncertain number of this run", joined(&shown)),
        true => format!(
            "no uncertain number of this run is called {}",
            pattern.iter().map(|p| p.as_deref().map_or("*".to_owned(), |p| joined(&[p]))).collect::<Vec<_>>().join(".")
        ),
    };
    // Paths that differ in one part only: a slip, or the number for all, which holds where a sector has none of its own.
    let differs = |known: &Known, at: usize| {
        let same = |i: usize| pattern[i].is_none() || known.parts[i] == shown[i];
        known.parts.len() == shown.len() && !same(at) && (0..shown.len()).all(|i| i == at || same(i))
    };
    let beside = |at: usize| known.iter().filter(move |known| differs(known, at));
    let slip = (0..shown.len()).find_map(|at| {
        let close = nearest(shown[at], beside(at).map(|known| known.parts[at].as_str()))?;
        beside(at).find(|known| known.parts[at] == close)
    });
    let for_all = (0..shown.len()).find_map(|at| beside(at).find(|known| known.parts[at] == "*"));
    let same_head = || known.iter().filter(|known| known.parts.first().map(String::as_str) == shown.first().copied());
    let help = if known.is_empty() {
        "nothing is uncertain in it: every number is fixed".to_owned()
    } else if let Some(slip) = slip {
        format!("did you mean {}?", quoted_path(paths[slip.at]))
    } else if let Some(all) = for_all {
        format!("what is uncertain is {}, one number for all that have none of their own", quoted_path(paths[all.at]))
    } else if same_head().next().is_some() {
        format!("uncertain there: {}", some(same_head().map(|known| paths[known.at]), same_head().count()))
    } else {
        format!("uncertain here: {}", some(known.iter().map(|known| paths[known.at]), known.len()))
    };
    error(wrong, place, message, Some(help));
}

/// A path as it would stand in the file, in the quotes that need no escapes where it has double ones.
fn quoted_path(path: &str) -> String {
    if path.contains('"') && !path.contains('\'') { format!("'{path}'") } else { format!("{path:?}") }
}

fn some<'p>(paths: impl Iterator<Item = &'p str>, count: usize) -> String {
    let named = paths.take(MOST_NAMED).map(quoted_path).collect::<Vec<_>>().join(", ");
    let more = count.saturating_sub(MOST_NAMED);
    if more > 0 { format!("{named}, and {more} more") } else { named }
}

#[cfg(test)]
mod tests {
    use super::super::correlation;
    use super::super::reader::Reader;
    use super::super::tests::written;
    use super::*;

    type Pair = (usize, usize, f64, usize);

    /// Pairs found among paths, or what is told.
    fn found(pairs: &str, paths: &[&str]) -> Result<Vec<Pair>, Vec<String>> {
        let mut reader = Reader::new(None);
        let correlation = correlation::read(&mut reader, &written(&format!("{{ pairs = {pairs} }}"))).expect("a correlation");
        assert!(reader.found.items.is_empty(), "{}", reader.found);
        let told = |found: Diagnostics| {
            found.items.into_iter().map(|item| format!("{} | {}", item.message, item.help.unwrap_or_default())).collect()
        };
        correlation.pairs_of(paths).map_err(told)
    }

    const PATHS: [&str; 7] = [
        "elasticities.import.\"*\"",
        "elasticities.import.steel",
        "elasticities.import.energy",
        "elasticities.domestic.energy",
        "elasticities.domestic.steel",
        "tariff.\"Steel, 2.5%\".rate",
        "elasticities.domestic.\"*\"",
    ];

    #[test]
    fn paths_patterns_and_both() {
        for (pairs, expected) in [
            // The quotes of one name may be of either kind, or not there where TOML needs them and a path does not.
            (r#"[["tariff.'Steel, 2.5%'.rate", "elasticities.import.steel", 0.3]]"#, vec![(5, 1, 0.3, 0)]),
            (r#"[['elasticities.import."*"', "elasticities.import.steel", -1]]"#, vec![(0, 1, -1.0, 0)]),
            (r#"[["elasticities.import.*", "elasticities.import.*", 0.5]]"#, vec![(0, 1, 0.5, 0), (0, 2, 0.5, 0), (1, 2, 0.5, 0)]),
            (r#"[["elasticities.import.*", "elasticities.domestic.*", 0.5]]"#, vec![(0, 6, 0.5, 0), (1, 4, 0.5, 0), (2, 3, 0.5, 0)]),
            (r#"[["elasticities.import.*", "elasticities.import.steel", 0.5]]"#, vec![(0, 1, 0.5, 0), (2, 1, 0.5, 0)]),
            (r#"[["elasticities.*.energy", "elasticities.*.steel", "50%"]]"#, vec![(2, 1, 0.5, 0), (3, 4, 0.5, 0)]),
            // What is said again in the same words is one pair, said by the first.
            (
                r#"[["elasticities.import.steel", "elasticities.import.energy", 0.5], ["elasticities.import.*", "elasticities.import.*", 0.5]]"#,
                vec![(1, 2, 0.5, 0), (0, 1, 0.5, 1), (0, 2, 0.5, 1)],
            ),
            ("[]", vec![]),
        ] {
            assert_eq!(found(pairs, &PATHS), Ok(expected), "{pairs}");
        }
    }

    #[test]
    fn a_path_of_two_numbers_counts_once() {
        let pairs = r#"[["a.*", "a.*", 0.5]]"#;
        assert_eq!(found(pairs, &["a.x", "b.x", "a.x", "a.y"]), Ok(vec![(0, 3, 0.5, 0)]));
    }

    #[test]
    fn what_no_number_is_called_is_told_at_both_ends() {
        let told = found(r#"[["elasticities.import.stel", "wages.mean", 0.5]]"#, &PATHS).unwrap_err();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("did you mean \"elasticities.import.steel\"?"), "{told:?}");
        assert!(told[1].contains("wages.mean is not an uncertain number of this run") && told[1].contains("and 2 more"), "{told:?}");
    }

    #[test]
    fn an_impossible_matrix_is_blamed_on_a_pair() {
        let mut reader = Reader::new(None);
        let text = r#"{ pairs = [["a", "b", 0.9], ["b", "c", 0.9]] }"#;
        let correlation = correlation::read(&mut reader, &written(text)).expect("a correlation");
        let wrong = correlation.place_error(1, "impossible", None);
        let start = wrong.items[0].span.clone().map(|span| span.start);
        assert_eq!(start, Some("value = ".len() + text.find("[\"b\"").expect("the second pair")));
    }
}

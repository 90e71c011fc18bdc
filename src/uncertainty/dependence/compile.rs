//! From pairs of numbers to the sets that they link and the scores that each set takes.

use super::impossible::Fault;
use super::matrix::Correlations;
use super::scores::Scores;
use super::{Copula, Dependence, Impossible, Member, Mixing, Pair, Repair, Set, Twin};
use crate::uncertainty::Parameters;
use std::collections::BTreeMap;

/// A pair whose members are counted in the order of all paths.
#[derive(Debug, Clone, Copy)]
struct Link {
    /// Place among the pairs given.
    given: usize,
    members: [usize; 2],
    spearman: f64,
}

impl Dependence {
    /// Checks the pairs and makes them ready. Two numbers of one path are one here, since they take the same draws. A pair may be given twice with the same correlation, and
    /// one with correlation zero links nothing. With `repair`, correlations that cannot be are replaced by the nearest that can, and the second result says how far that is.
    ///
    /// # Errors
    /// All that is wrong: a copula or a correlation that does not exist, a pair of one number, a pair given twice, and for each linked set whose matrix is not positive
    /// semidefinite numbers that are to blame together.
    ///
    /// # Panics
    /// Where a pair names a place that `parameters` have not got.
    pub fn compile(
        parameters: &Parameters,
        copula: Copula,
        pairs: &[Pair],
        repair: bool,
    ) -> Result<(Dependence, Option<Repair>), Vec<Impossible>> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let paths: Vec<&str> = parameters.iter().map(|uncertain| uncertain.path.as_str()).collect();
        for (place, path) in paths.iter().enumerate() {
            places.entry(path).or_default().push(place);
        }
        let order: BTreeMap<&str, usize> = places.keys().enumerate().map(|(member, path)| (*path, member)).collect();
        let names: Vec<&str> = places.keys().copied().collect();
        let member = |place: usize| order[paths[place]];
        let links = links(pairs, member, &names);
        let mixing = match copula {
            Copula::Gaussian => Ok(None),
            Copula::StudentT { df } => Copula::student_t(df).map(|_| Some(Mixing::new(df))),
        };
        let (links, mixing) = match (links, mixing) {
            (Ok(links), Ok(mixing)) => (links, mixing),
            (links, mixing) => {
                let refused = mixing.err().map(|refusal| Impossible { pairs: Vec::new(), fault: Fault::Copula(refusal) });
                return Err(refused.into_iter().chain(links.err().into_iter().flatten()).collect());
            }
        };
        let mut dependence = Dependence { sets: Vec::new(), joined: vec![false; paths.len()], mixing };
        if links.is_empty() {
            return Ok((dependence, None));
        }
        let (scores, mut impossible, mut repairs) = (Scores::of(copula), Vec::new(), Vec::new());
        for linked in linked(names.len(), &links) {
            let mut asked = Correlations::none(linked.len());
            let at = |member: usize| linked.partition_point(|known| *known < member);
            let of_set: Vec<&Link> = links.iter().filter(|link| linked.binary_search(&link.members[0]).is_ok()).collect();
            for link in &of_set {
                asked.set(at(link.members[0]), at(link.members[1]), scores.correlation(link.spearman));
            }
            let (taken, root) = match asked.root() {
                Some(root) => (asked, root),
                None if repair => {
                    let nearest = asked.nearest();
                    repairs.push(repaired(&asked, &nearest, &scores, |member| names[linked[member]].to_owned()));
                    let Some(root) = nearest.root() else {
                        impossible.push(to_blame(&asked, &linked, &of_set, &names));
                        continue;
                    };
                    (nearest, root)
                }
                None => {
                    impossible.push(to_blame(&asked, &linked, &of_set, &names));
                    continue;
                }
            };
            let member = |(k, row): (usize, Vec<f64>)| {
                let twin = (0..k).find(|j| taken.at(k, *j).abs() == 1.0);
                let twin = twin.map(|member| Twin { member, opposite: taken.at(k, member) < 0.0 });
                Member { places: places[names[linked[k]]].clone(), row, twin }
            };
            let members: Vec<Member> = root.into_iter().enumerate().map(member).collect();
            for place in members.iter().flat_map(|member| &member.places) {
                dependence.joined[*place] = true;
            }
            let listed: Vec<&str> = linked.iter().map(|member| names[*member]).collect();
            dependence.sets.push(Set { members, stream: format!("together\0{}", listed.join("\0")) });
        }
        if impossible.is_empty() { Ok((dependence, together(repairs))) } else { Err(impossible) }
    }
}

/// The pairs that link something, each once.
fn links(pairs: &[Pair], member: impl Fn(usize) -> usize, names: &[&str]) -> Result<Vec<Link>, Vec<Impossible>> {
    let mut known: BTreeMap<[usize; 2], Link> = BTreeMap::new();
    let mut impossible = Vec::new();
    for (given, pair) in pairs.iter().enumerate() {
        let mut members = [member(pair.first), member(pair.second)];
        let paths = members.map(|member| names[member].to_owned());
        members.sort_unstable();
        let mut refuse = |pairs: Vec<usize>, fault| impossible.push(Impossible { pairs, fault });
        if !(-1.0..=1.0).contains(&pair.spearman) {
            refuse(vec![given], Fault::Range { paths, found: pair.spearman });
        } else if members[0] == members[1] {
            let [path, _] = paths;
            refuse(vec![given], Fault::Itself { path });
        } else if let Some(before) = known.get(&members).filter(|before| before.spearman != pair.spearman) {
            refuse(vec![before.given, given], Fault::Twice { paths, found: [before.spearman, pair.spearman] });
        } else {
            known.entry(members).or_insert(Link { given, members, spearman: pair.spearman });
        }
    }
    if impossible.is_empty() { Ok(known.into_values().filter(|link| link.spearman != 0.0).collect()) } else { Err(impossible) }
}

/// The members of each set that the links make, in rising order, the sets by their first.
fn linked(members: usize, links: &[Link]) -> Vec<Vec<usize>> {
    // Each member points to an earlier one of its set; the first to itself.
    let mut earlier: Vec<usize> = (0..members).collect();
    let first = |earlier: &[usize], mut member: usize| {
        while earlier[member] != member {
            member = earlier[member];
        }
        member
    };
    for link in links {
        let [one, other] = link.members.map(|member| first(&earlier, member));
        earlier[one.max(other)] = one.min(other);
    }
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for member in 0..members {
        sets.entry(first(&earlier, member)).or_default().push(member);
    }
    sets.into_values().filter(|set| set.len() > 1).collect()
}

/// Who is to blame for a matrix that cannot be: the numbers, and the pairs among them.
fn to_blame(asked: &Correlations, linked: &[usize], links: &[&Link], names: &[&str]) -> Impossible {
    let culprits = asked.culprits();
    let members: Vec<usize> = culprits.iter().map(|culprit| linked[*culprit]).collect();
    let among = |link: &&&Link| link.members.iter().all(|member| members.contains(member));
    let mut pairs: Vec<usize> = links.iter().filter(among).map(|link| link.given).collect();
    pairs.sort_unstable();
    let paths = members.iter().map(|member| names[*member].to_owned()).collect();
    Impossible { pairs, fault: Fault::Matrix { paths, least_eigenvalue: asked.among(&culprits).least_eigenvalue() } }
}

/// What one set's repair changed.
fn repaired(asked: &Correlations, taken: &Correlations, scores: &Scores, name: impl Fn(usize) -> String) -> Repair {
    let mut most = Repair { distance: asked.distance(taken), paths: [name(0), name(1)], asked: 0.0, taken: 0.0 };
    for i in 0..asked.size() {
        for j in 0..i {
            let (before, after) = (scores.spearman(asked.at(i, j)), scores.spearman(taken.at(i, j)));
            if (after - before).abs() > (most.taken - most.asked).abs() {
                most = Repair { paths: [name(j), name(i)], asked: before, taken: after, ..most };
            }
        }
    }
    most
}

/// Of several sets: the distance of all, and the largest change.
fn together(repairs: Vec<Repair>) -> Option<Repair> {
    let distance = repairs.iter().map(|repair| repair.distance * repair.distance).sum::<f64>().sqrt();
    let change = |repair: &Repair| (repair.taken - repair.asked).abs();
    let most = repairs.into_iter().reduce(|most, next| if change(&next) > change(&most) { next } else { most })?;
    Some(Repair { distance, ..most })
}

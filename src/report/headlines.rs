//! The outcomes of a run as a small table for a terminal: last period, median and 5–95%. What the figures are stands beside them where the terminal is wide
//! enough, over them where it is not; a name that has no room beside its figures stands over them.

use super::wording::{difference, draws, reading, spread, unit};
use crate::findings::{Against, Findings};
use crate::uncertainty::Sampler;
use std::fmt::Write;

/// Columns that an outcome's name needs to be told by.
const NAME: usize = 24;

/// One outcome.
struct Row {
    name: String,
    centre: String,
    range: String,
    meaning: String,
}

/// The table, no line longer than `room` columns if that can be.
pub fn headlines(findings: &Findings<'_>, room: usize) -> String {
    let last = findings.plan.world.periods - 1;
    let row = |(index, outcome): (usize, &_)| {
        let (found, unit) = (findings.summary(index, last), unit(&findings.against, outcome));
        let (centre, range) = match findings.plan.sampler {
            Sampler::Quadrature => (found.mean, spread(&unit, found.sd)),
            _ => (found.median(), format!("{} to {}", unit.format(found.p05()), unit.format(found.p95()))),
        };
        let meaning = match findings.against {
            Against::BaseYear => reading(findings, &findings.against, outcome),
            // The heading says from what.
            Against::Scenario(_) => difference(outcome).to_string(),
        };
        Row { name: outcome.name.clone(), centre: unit.format(centre), range, meaning }
    };
    let rows: Vec<Row> = findings.plan.outcomes.iter().enumerate().map(row).collect();
    let heads = match findings.plan.sampler {
        Sampler::Quadrature => ["mean", "standard deviation"],
        _ => ["median", "5% to 95%"],
    };
    let title = match &findings.against {
        Against::BaseYear => findings.scenario.title.clone(),
        Against::Scenario(other) => format!("{} less {other}", findings.scenario.title),
    };
    let mut text = wrapped(&format!("{title}: {}, {}", findings.period(last), draws(findings)), room);
    text.push_str(&laid_out(&rows, heads, room));
    if !findings.branches().is_empty() {
        text.push_str(&wrapped("By what comes of each event: the branch rows of summary.csv", room));
    }
    text.trim_end().to_string()
}

fn laid_out(rows: &[Row], heads: [&str; 2], room: usize) -> String {
    let widest = |of: fn(&Row) -> &String| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (names, meanings) = (widest(|row| &row.name), widest(|row| &row.meaning));
    let (centres, ranges) =
        (widest(|row| &row.centre).max(heads[0].chars().count()), widest(|row| &row.range).max(heads[1].chars().count()));
    let figures = centres + 2 + ranges;
    let mut text = String::new();
    if names + 2 + figures + 2 + meanings <= room {
        let _ = writeln!(text, "{:names$}  {:>centres$}  {:>ranges$}", "", heads[0], heads[1]);
        for Row { name, centre, range, meaning } in rows {
            let _ = writeln!(text, "{name:names$}  {centre:>centres$}  {range:>ranges$}  {meaning}");
        }
        return text;
    }
    let under = room.saturating_sub(figures + 4);
    let names = if under >= NAME.min(names) { names.min(under) } else { 0 };
    let _ = writeln!(text, "{:1$}  {2:>centres$}  {3:>ranges$}", "", names + 2, heads[0], heads[1]);
    let mut meaning = "";
    for row in rows {
        if row.meaning != meaning {
            meaning = &row.meaning;
            text.push_str(&wrapped(meaning, room));
        }
        let Row { name, centre, range, .. } = row;
        // A name that does not fit beside its figures stands over them, whole.
        let beside = if name.chars().count() <= names { name.as_str() } else { "" };
        if beside.is_empty() {
            wrapped(name, room.saturating_sub(2)).lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
        let _ = writeln!(text, "  {beside:names$}  {centre:>centres$}  {range:>ranges$}");
    }
    text
}

/// A text cut to `most` columns.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Lines of at most `room` columns, broken between words, each with its end.
pub(super) fn wrapped(text: &str, room: usize) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines.push('\n');
            used = 0;
        }
        if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name: &str, centre: &str, range: &str, meaning: &str| Row {
            name: name.into(),
            centre: centre.into(),
            range: range.into(),
            meaning: meaning.into(),
        };
        vec![
            row(
                "Québec’s steel through Lázaro Cárdenas to Asia",
                "−US$ 8.9 bn",
                "−US$ 183 bn to +US$ 1.5 bn",
                "Change from 2024, US$ a year",
            ),
            row("Welfare of Canada", "+4.1%", "−2.6% to +22.7%", "Change from 2024, %"),
        ]
    }

    #[test]
    fn the_table_fits_its_terminal() {
        for room in [44, 60, 80, 100, 200] {
            let text = laid_out(&rows(), ["median", "5% to 95%"], room);
            assert!(text.lines().all(|line| line.chars().count() <= room), "{room}:\n{text}");
            for figure in ["−US$ 8.9 bn", "−2.6% to +22.7%", "Change from 2024, %", "Québec"] {
                assert!(text.contains(figure), "{room}: {figure} in\n{text}");
            }
            assert!(text.contains("Lázaro Cárdenas"), "{room}:\n{text}");
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("a title: 2028, 256 draws", 14), "a title: 2028,\n256 draws\n");
        assert_eq!(wrapped("incomprehensibilities", 5), "incomprehensibilities\n");
        assert_eq!((shortened("Québec", 4).as_str(), shortened("Québec", 6).as_str()), ("Qué…", "Québec"));
    }
}

//! A table for a terminal: columns as wide as their widest cell, numbers to the right. Where the terminal is narrower, words in the last column are wrapped;
//! where that is not enough, the rows become blocks of names and values.

use crate::output::csv_table;

/// Rows under a header; the first `left` columns hold text, the others figures.
pub(super) struct Columns {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    left: usize,
    last_left: bool,
}

/// Words in the last column want this much room.
const LEAST_ROOM: usize = 20;

impl Columns {
    pub(super) fn new(header: &[&str], left: usize) -> Self {
        Columns { header: header.iter().map(|name| (*name).to_string()).collect(), rows: Vec::new(), left, last_left: false }
    }

    /// The last column holds text too.
    pub(super) fn with_last_left(mut self) -> Self {
        self.last_left = true;
        self
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As a person reads it in `room` columns, each line indented by two; figures with a minus sign where a spreadsheet wants a hyphen.
    pub(super) fn text(&self, room: usize) -> String {
        let figures = |column: usize, row: &[String]| column >= self.left && !(self.last_left && column + 1 == row.len());
        let cell = |row: &[String], column: usize| if figures(column, row) { minus(&row[column]) } else { row[column].clone() };
        let rows = self.rows.iter().map(|row| (0..row.len()).map(|column| cell(row, column)).collect()).collect();
        Columns { header: self.header.clone(), rows, ..*self }.set(room)
    }

    fn set(&self, room: usize) -> String {
        let widths: Vec<usize> = (0..self.header.len()).map(|column| self.width(column)).collect();
        let whole = widths.iter().map(|width| width + 2).sum::<usize>();
        if whole <= room {
            return self.aligned(&widths, usize::MAX);
        }
        let last = widths.last().copied().unwrap_or(0);
        let for_last = (room + last).saturating_sub(whole);
        if self.words_last() && for_last >= LEAST_ROOM { self.aligned(&widths, for_last) } else { self.blocks(room) }
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().chain([&self.header]).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }

    fn words_last(&self) -> bool {
        self.last_left || self.left >= self.header.len()
    }

    /// Columns of these widths; the last one in `for_last`, over as many lines as it takes.
    fn aligned(&self, widths: &[usize], for_last: usize) -> String {
        let mut lines = Vec::with_capacity(self.rows.len() + 1);
        for row in [&self.header].into_iter().chain(&self.rows) {
            let mut line = String::from("  ");
            let mut continued = Vec::new();
            for (column, cell) in row.iter().enumerate() {
                let (width, last) = (widths.get(column).copied().unwrap_or(0), column + 1 == row.len());
                if last && self.words_last() && for_last < usize::MAX {
                    let mut parts = wrapped(cell, for_last).into_iter();
                    line.push_str(&parts.next().unwrap_or_default());
                    let indent = 2 + widths.iter().rev().skip(1).map(|width| width + 2).sum::<usize>();
                    continued = parts.map(|part| format!("{:indent$}{part}", "")).collect();
                } else if column < self.left || (self.last_left && last) {
                    line.push_str(&format!("{cell:<width$}"));
                } else {
                    line.push_str(&format!("{cell:>width$}"));
                }
                if !last {
                    line.push_str("  ");
                }
            }
            lines.push(line.trim_end().to_string());
            lines.extend(continued);
        }
        lines.join("\n")
    }

    /// Each row by itself: its first cell, and under it the others by their names, as many on a line as fit.
    fn blocks(&self, room: usize) -> String {
        let mut lines = Vec::new();
        for row in &self.rows {
            let mut cells = row.iter().zip(&self.header);
            if let Some((first, _)) = cells.next() {
                lines.extend(wrapped(first, room.saturating_sub(2)).into_iter().map(|part| format!("  {part}")));
            }
            let named: Vec<String> = cells.filter(|(cell, _)| !cell.is_empty()).map(|(cell, name)| format!("{name} {cell}")).collect();
            lines.extend(wrapped(&named.join(" · "), room.saturating_sub(4)).into_iter().map(|part| format!("    {part}")));
        }
        lines.join("\n")
    }

    /// As a spreadsheet reads it.
    pub(super) fn csv(&self) -> String {
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        String::from_utf8_lossy(&csv_table(&header, self.rows.iter().cloned())).trim_end().to_string()
    }
}

/// A true minus sign where a hyphen stands for one: before a digit, and neither within a date nor between names.
pub(super) fn minus(figures: &str) -> String {
    let mut text = String::with_capacity(figures.len());
    let mut before = ' ';
    let mut letters = figures.chars().peekable();
    while let Some(letter) = letters.next() {
        let sign = letter == '-' && !before.is_alphanumeric() && letters.peek().is_some_and(char::is_ascii_digit);
        text.push(if sign { '−' } else { letter });
        before = letter;
    }
    text
}

/// A text in lines of at most `room` characters, broken between words where it can be.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if let Some(line) = lines.last_mut()
            && line.chars().count() + 1 + word.len() <= room
        {
            line.push(' ');
            line.extend(word);
            continue;
        }
        while word.len() > room {
            lines.push(word.drain(..room).collect());
        }
        if !word.is_empty() {
            lines.push(word.into_iter().collect());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Columns {
        let mut table = Columns::new(&["port", "TEU a year", "what it says"], 1).with_last_left();
        table.row(["Lázaro Cárdenas", "1500000", "a long account of a port on the Pacific"].map(str::to_string).to_vec());
        table.row(["Québec", "", "short"].map(str::to_string).to_vec());
        table
    }

    #[test]
    fn figures_have_a_minus_sign_and_a_spreadsheet_its_hyphen() {
        let mut table = Columns::new(&["pair -1", "balance", "from"], 1);
        table.row(["CAN-USA -5", "-1.5", "2025-06-04"].map(str::to_string).to_vec());
        assert_eq!(table.text(80), "  pair -1     balance        from\n  CAN-USA -5     −1.5  2025-06-04");
        assert_eq!(table.csv(), "pair -1,balance,from\nCAN-USA -5,-1.5,2025-06-04");
        assert_eq!(
            minus("normal, mean -0.3, 90% -0.6–-0.1; ~-5% (-2) of Student-t"),
            "normal, mean −0.3, 90% −0.6–−0.1; ~−5% (−2) of Student-t"
        );
    }

    #[test]
    fn a_table_fits_any_terminal() {
        assert_eq!(
            table().text(80),
            "  port             TEU a year  what it says\n  \
               Lázaro Cárdenas     1500000  a long account of a port on the Pacific\n  \
               Québec                       short"
        );
        assert_eq!(
            table().text(55),
            "  port             TEU a year  what it says\n  \
               Lázaro Cárdenas     1500000  a long account of a port\n                               on the Pacific\n  \
               Québec                       short"
        );
        assert_eq!(
            table().text(40),
            "  Lázaro Cárdenas\n    TEU a year 1500000 · what it says a\n    long account of a port on the\n    Pacific\n  \
               Québec\n    what it says short"
        );
        for room in [10, 20, 40, 60] {
            assert!(table().text(room).lines().all(|line| line.chars().count() <= room), "{room}");
        }
    }
}

//! Files that nobody means well with, or that are no scenarios at all: always a message, never a panic.

use super::{told, told_of_bytes};
use proptest::prelude::*;
use std::path::Path;

fn first(bytes: &[u8]) -> String {
    let found = told_of_bytes(bytes);
    assert!(found.has_errors());
    found.items[0].render(false, 100)
}

#[test]
fn what_is_no_file() {
    let missing = told(Path::new("tests/mistakes/cases/rate_5.toml")).render(false, 100);
    assert!(missing.contains("no such file") && missing.contains("did you mean rate_50.toml, in the same folder?"), "{missing}");
    assert!(missing.contains("--> tests/mistakes/cases/rate_5.toml"), "{missing}");
    assert!(told(Path::new("tests/mistakes/nowhere/x.toml")).render(false, 100).contains("there is no folder"));
    assert!(told(Path::new("tests/mistakes/cases")).render(false, 100).contains("a folder, where a file was expected"));
    assert!(told(Path::new("")).has_errors() && told(Path::new("/")).has_errors());
}

#[test]
fn what_is_no_text() {
    let latin1 = first(b"baseline = \"world\"\ntitle = \"Z\xf6lle\"\n");
    assert!(latin1.contains("byte 0xf6 is not UTF-8") && latin1.contains("x.toml:2:11"), "{latin1}");
    assert!(first(b"\xff\xfeb\0a\0").contains("x.toml:1:1"));
    assert!(first(&[0; 64]).contains("x.toml:1:"));
}

#[test]
fn what_is_too_much() {
    let big = first(&vec![b'#'; 11 << 20]);
    assert!(big.contains("more than the 10 MiB"), "{big}");
    for deep in ["a = ".to_owned() + &"[".repeat(200_000), "[a]\n".to_owned() + &"b.".repeat(200_000) + "c = 1"] {
        let text = format!("baseline = \"world\"\nperiods = \"2025\"\n{deep}\n");
        let found = told_of_bytes(text.as_bytes());
        assert_eq!(found.items.iter().filter(|d| d.message.contains("nested too deeply")).count(), 1, "{found}");
        assert!(found.items.len() < 10, "{found}");
    }
    let keys: String = (0..20_000).map(|i| format!("k{i} = 1\n")).collect();
    assert_eq!(told_of_bytes(format!("baseline = \"world\"\nperiods = 2025\n{keys}").as_bytes()).items.len(), 1000);
    let names = "\"CAN\",".repeat(5000);
    let many =
        format!("baseline = \"world\"\nperiods = 2025\n[[outcome]]\nname = \"x\"\nmeasure = \"trade_value\"\nexporters = [{names}]\n");
    assert!(first(many.as_bytes()).contains("listed twice"));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistake() {
    let found = told_of_bytes("\u{feff}baseline = \"world\"\r\nperiods = \"2025\"\r\n".as_bytes());
    assert!(found.items.is_empty(), "{found}");
}

/// Pieces that a hand or a machine might put anywhere.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "\n",
    "#",
    "%",
    "-",
    "\"*\"",
    "@",
    "inf",
    "nan",
    "1e999",
    "2025-13-40",
    "é鋼",
    "\u{0}",
    "dist = ",
    "9999999999999999999999",
    "[[tariff]]\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_to_a_scenario_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>(), any::<prop::sample::Index>()), 1..8),
    ) {
        let mut bytes = include_bytes!("valid.toml").to_vec();
        for (at, what, byte, piece) in changes {
            let i = at.index(bytes.len());
            match what {
                0 => bytes[i] = byte,
                1 => { bytes.remove(i); }
                2 => { bytes.drain(i..(i + usize::from(byte)).min(bytes.len() - 1)); }
                _ => { bytes.splice(i..i, piece.get(&PIECES).bytes()); }
            }
        }
        let bytes = String::from_utf8_lossy(&bytes).replace("cases/world", "world").into_bytes();
        let found = told_of_bytes(&bytes);
        for item in &found.items {
            prop_assert!(!item.render(true, 60).is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        // Random bytes are never a scenario, since none names a baseline.
        prop_assert!(told_of_bytes(&bytes).has_errors());
    }
}

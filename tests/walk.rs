//! The guide against the program: the walk is walked as it is written, and every example of the other pages is read without a complaint.
//!
//! The pages are the source. A ```console block holds commands and what they print, a line `…` standing for lines left out; a ```diff block is an edit of
//! the file at hand; a ```toml block that names a file in its first line is saved as that file, or is what stands in it. `BLESS=1 cargo test --test walk`
//! writes what the commands print now into the pages.

mod common;

use common::{copy, tradewind as program};
use std::fs;
use std::path::{Path, PathBuf};

const LEFT_OUT: &str = "…";

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> PathBuf {
    repository().join("src/guide")
}

/// The pages by name, the walk among them.
fn pages() -> Vec<(String, String)> {
    let names = fs::read_dir(guide()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".md") && name != "links.md").collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), fs::read_to_string(guide().join(name)).unwrap())).collect()
}

/// A fenced block: its language and its lines, and the line of the page that it begins on, from zero.
struct Block {
    language: String,
    first: usize,
    lines: Vec<String>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(language) if !open => {
                found.push(Block { language: language.to_owned(), first: number + 1, lines: Vec::new() });
                open = true;
            }
            Some(_) => open = false,
            None if open => found.last_mut().unwrap().lines.push(line.to_owned()),
            None => {}
        }
    }
    assert!(!open, "a block is not closed");
    found
}

/// The file that a block's first line names.
fn file_name(block: &Block) -> Option<&str> {
    block.lines.first()?.strip_prefix("# ").filter(|name| name.ends_with(".toml") && !name.contains(' '))
}

/// A folder as a reader has it who cloned the repository.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("scenarios"), &folder.path().join("scenarios"));
    folder
}

/// Exit code, and what stands on the screen: messages, then the last lines of stdout.
fn tradewind(place: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = program().args(arguments).current_dir(place).output().unwrap();
    (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout)))
}

/// Does what a reader does who types the command, and returns what she sees.
fn typed(place: &Path, command: &str, errors: bool) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words[..] {
        ["tradewind", ref arguments @ ..] => {
            let (code, printed) = tradewind(place, arguments);
            assert_eq!(code, Some(if errors { 2 } else { 0 }), "{command}\n{printed}");
            printed
        }
        ["cp", from, to] => {
            fs::copy(place.join(from), place.join(to)).unwrap();
            String::new()
        }
        ["ls", folder] => {
            let mut names: Vec<String> =
                fs::read_dir(place.join(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names.iter().map(|name| format!("{name}\n")).collect()
        }
        _ => panic!("the walk cannot do: {command}"),
    }
}

/// Whether `found` is `expected` with other lines in place of each `…`.
fn matches(expected: &[String], found: &[&str]) -> bool {
    match expected.split_first() {
        None => found.is_empty(),
        Some((line, rest)) if line.trim() == LEFT_OUT => (0..=found.len()).any(|skipped| matches(rest, &found[skipped..])),
        Some((line, rest)) => found.split_first().is_some_and(|(first, others)| line == first && matches(rest, others)),
    }
}

/// What the page should show: as much of the new output as it shows of the old, each part from the line that it began with.
fn blessed(expected: &[String], found: &[&str]) -> Vec<String> {
    let parts: Vec<&[String]> = expected.split(|line| line.trim() == LEFT_OUT).collect();
    let last = parts.len() - 1;
    let mut shown = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let start = match part.first() {
            _ if number == 0 => 0,
            None => found.len(),
            Some(_) if number == last => found.len().saturating_sub(part.len()),
            Some(line) => {
                let same = |other: &&str| line.split_whitespace().next() == other.split_whitespace().next();
                let place = found.iter().position(|other| line == other).or_else(|| found.iter().position(same));
                place.unwrap_or_else(|| panic!("nothing like {line:?} is printed any more: edit the page"))
            }
        };
        if number > 0 {
            shown.push(LEFT_OUT.to_owned());
        }
        let end = if last == 0 { found.len() } else { (start + part.len()).min(found.len()) };
        shown.extend(found[start..end].iter().map(|line| (*line).to_owned()));
    }
    shown
}

/// A console block's commands with the lines expected of each.
fn commands(block: &Block) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    for line in &block.lines {
        match line.strip_prefix("$ ") {
            Some(command) => commands.push((command.to_owned(), Vec::new())),
            None => commands.last_mut().expect("a block begins with a command").1.push(line.clone()),
        }
    }
    commands
}

/// An edit as a diff shows it: the lines taken out must stand in the file once.
fn edited(text: &str, block: &Block) -> String {
    let side = |marks: [char; 2]| -> String {
        let lines = block.lines.iter().filter(|line| line.is_empty() || line.starts_with(marks));
        lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
    };
    let (old, new) = (side([' ', '-']), side([' ', '+']));
    assert_eq!(text.matches(&old).count(), 1, "the file does not hold, once:\n{old}\nbut is\n{text}");
    text.replacen(&old, &new, 1)
}

/// Walks through a page, and returns it with what its commands print now.
fn walked(name: &str, page: &str, bless: bool) -> String {
    let place = workplace();
    let mut at_hand: Option<PathBuf> = None;
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut replaced: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for block in blocks(page) {
        match (block.language.as_str(), file_name(&block)) {
            ("console", _) => {
                let mut shown = Vec::new();
                for (command, expected) in commands(&block) {
                    if let Some(file) = command.strip_prefix("tradewind new ") {
                        at_hand = Some(place.path().join(file));
                    }
                    let errors = expected.iter().any(|line| line.starts_with("error"));
                    let printed = typed(place.path(), &command, errors);
                    let found: Vec<&str> = printed.lines().collect();
                    let same = matches(&expected, &found);
                    assert!(same || bless, "{name}: $ {command}\nprints\n{printed}\nand not\n{}", expected.join("\n"));
                    shown.push(format!("$ {command}"));
                    shown.extend(if same { expected } else { blessed(&expected, &found) });
                }
                replaced.push((block.first, block.lines.len(), shown));
            }
            ("diff", _) => {
                let file = at_hand.as_ref().expect("a file to edit");
                let text = edited(&fs::read_to_string(file).unwrap(), &block);
                fs::write(file, text).unwrap();
            }
            ("toml", Some(file)) => {
                let path = place.path().join(file);
                if path.exists() {
                    let text = fs::read_to_string(&path).unwrap();
                    let found: Vec<&str> = text.lines().collect();
                    assert!(matches(&block.lines[1..], &found), "{name}: {file} is\n{text}");
                } else {
                    fs::write(&path, block.lines.join("\n")).unwrap();
                }
                at_hand = Some(path);
            }
            _ => {}
        }
    }
    for (first, count, shown) in replaced.into_iter().rev() {
        lines.splice(first..first + count, shown);
    }
    lines.join("\n") + "\n"
}

#[test]
fn commands_print_what_the_pages_show() {
    let bless = std::env::var_os("BLESS").is_some();
    for (name, page) in pages() {
        let now = walked(&name, &page, bless);
        if bless {
            fs::write(guide().join(&name), now).unwrap();
        }
    }
}

#[test]
fn the_walk_leads_through_every_step() {
    let page = fs::read_to_string(guide().join("first-scenario.md")).unwrap();
    let typed: Vec<String> =
        blocks(&page).iter().filter(|block| block.language == "console").flat_map(commands).map(|(command, _)| command).collect();
    for step in ["new", "check", "explain", "run", "compare", "sensitivity"] {
        assert!(typed.iter().any(|command| command.starts_with(&format!("tradewind {step} "))), "{step}");
    }
    assert!(blocks(&page).iter().filter(|block| block.language == "diff").count() >= 4);
}

#[test]
fn examples_are_read_without_a_complaint() {
    let place = workplace();
    let header = "title = \"Part\"\nbaseline = \"baseline-2024\"\nperiods = \"2025..2028\"\n";
    let file = place.path().join("scenarios/part.toml");
    for (name, page) in pages() {
        for block in blocks(&page).iter().filter(|block| block.language == "toml" && file_name(block).is_none()) {
            let text = block.lines.join("\n");
            let whole = if text.contains("title =") { text } else { format!("{header}{text}\n") };
            fs::write(&file, &whole).unwrap();
            let (code, printed) = tradewind(place.path(), &["check", "scenarios/part.toml"]);
            assert!(code == Some(0) && !printed.contains("warning"), "{name}: {printed}\n{whole}");
        }
    }
}

/// The definitions `[name]: target` of a page.
fn definitions(page: &str) -> Vec<(&str, &str)> {
    page.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

#[test]
fn links_lead_somewhere_on_a_git_host_and_in_the_documentation_alike() {
    let links = fs::read_to_string(guide().join("links.md")).unwrap();
    let known: Vec<&str> = definitions(&links).into_iter().map(|(name, _)| name).collect();
    for (page_name, page) in pages() {
        assert!(!page.contains("](") || page.split("](").skip(1).all(|rest| rest.starts_with("https://")), "{page_name}: name the link");
        for (name, target) in definitions(&page) {
            assert!(target.starts_with("https://") || guide().join(target).exists(), "{page_name}: {target}");
            assert!(target.starts_with("https://") || known.contains(&name), "{page_name}: links.md has no [{name}]");
        }
        for part in page.split("][").skip(1) {
            let name = part.split(']').next().unwrap();
            assert!(definitions(&page).iter().any(|(defined, _)| *defined == name), "{page_name}: [{name}] is not defined");
        }
    }
}

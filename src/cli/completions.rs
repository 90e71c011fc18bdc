//! `completions`: what a shell needs to complete the commands.

use super::Ending;
use super::terminal::{complain, say};
use clap_complete::Shell;

pub(super) fn completions(shell: Shell, command: &mut clap::Command) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "tradewind", &mut script);
    match String::from_utf8(script) {
        Ok(script) => say(script.trim_end()),
        Err(_) => {
            complain("the completion script is not text");
            Ending::Incomplete
        }
    }
}

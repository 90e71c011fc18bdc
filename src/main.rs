//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    tradewind::cli::main()
}

//! The edge: arguments in, exit code out. The only part that prints.

mod args;
mod build;
mod check;
mod course;
mod folder;
mod import;
mod manual;
mod new;
mod results;
mod schema;
mod serve;
mod simulate;
mod sql;
mod terminal;
mod theme;

use clap::Parser as _;

/// Runs the command line that the process was given; returns its exit code:
/// 0 done, 1 the report has mistakes, 2 wrong usage, 3 the machine refused.
pub fn run() -> u8 {
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no reason to complain.
            drop(error.print());
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    match arguments.command {
        args::Command::Build(build) => build::run(&build),
        args::Command::Check(check) => check::run(&check),
        args::Command::Import(import) => import::run(&import),
        args::Command::New(new) => new::run(&new),
        args::Command::Results(results) => results::run(&results),
        args::Command::Simulate(simulate) => simulate::run(&simulate),
        args::Command::Sql(sql) => sql::run(&sql),
        args::Command::Serve(serve) => serve::run(&serve),
        args::Command::Theme(theme) => theme::run(&theme.action),
        args::Command::Schema(schema) => schema::run(&schema),
        args::Command::Completions(completions) => manual::completions(&completions),
        args::Command::Man(man) => manual::run(&man),
    }
}

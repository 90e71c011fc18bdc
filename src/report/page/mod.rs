//! `report.html`: the whole of a run on one page that needs nothing else, for a reader who was not there.
//!
//! Made from what the run leaves in its folder, and from nothing else: tables, figures of charts, words, manifest. So the page that a run writes and the one that
//! `report` makes of the finished folder are the same to the byte. The template escapes every text; only drawings, style and script go in as they are.

mod answer;
mod says;
mod tables;
mod views;

use super::pictures::{Charts, Drawings};
use super::subject::Subject;
use super::wording::grouped;
use crate::charts::Chart;
use crate::output::{Manifest, ReadError};
use crate::statistics::{TOO_FEW, draws_beyond};
use crate::uncertainty::Sampler;
use answer::Sentence;
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;
use tables::{Line, Share, Sure};
use views::View;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Inputs named in a sentence.
const NAMED: usize = 3;
/// Charts of a grid that are not folded.
const SHOWN: usize = 3;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("report.html could not be made: {0}")]
    Template(#[from] minijinja::Error),
}

/// All that the template shows.
#[derive(Serialize)]
struct Page<'p> {
    css: &'static str,
    js: &'static str,
    heading: String,
    title: &'p str,
    description: Option<&'p str>,
    compared: bool,
    grid: bool,
    contents: Vec<Section>,
    facts: Vec<Fact>,
    measures: &'p [super::measure_words::Told],
    events: &'p [super::measure_words::Told],
    sentences: Vec<Sentence>,
    answer_note: String,
    lead: Vec<Figure<'p>>,
    folded: Vec<Group<'p>>,
    summary: View,
    driver_sentences: Vec<Sentence>,
    drivers: Vec<View>,
    errors: Option<View>,
    error_sentence: String,
    data_sentence: String,
    quality: View,
    /// What the paragraph on the method is about, where it is not the default.
    model: Option<&'p str>,
    version: &'p str,
    command: &'p str,
    files: View,
    source: String,
}

#[derive(Serialize)]
struct Section {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    what: String,
}

#[derive(Serialize)]
struct Figure<'p> {
    title: &'p str,
    svg: &'p str,
    says: Option<String>,
}

#[derive(Serialize)]
struct Group<'p> {
    title: String,
    charts: Vec<Figure<'p>>,
}

/// The page of a run. `fetch` gives the files of its folder by name.
///
/// # Errors
/// If a table is missing or damaged.
pub fn page(
    manifest: &Manifest,
    subject: &Subject,
    charts: &Charts,
    drawings: &Drawings,
    fetch: impl Fn(&str) -> Result<Vec<u8>, ReadError>,
) -> Result<String, PageError> {
    let last = manifest.periods.last().map_or("", String::as_str);
    let grid = !subject.axes.is_empty();
    let lines = tables::summary(&fetch, &subject.axes)?;
    // A grid has these for each of its points.
    let (shares, sure) = if grid { (Vec::new(), Vec::new()) } else { (tables::shares(&fetch, last)?, tables::errors(&fetch)?) };
    let told = answer::told(subject, &lines, last);
    let (lead, folded) = arranged(subject, charts, drawings, &told);
    let drivers: Vec<View> =
        [views::attribution(subject, &shares, last), views::screening(subject, &shares, last)].into_iter().flatten().collect();
    let errors = views::errors(subject, &sure, last);
    let heading = subject.against.as_ref().map_or_else(|| subject.title.clone(), |from| format!("{}, compared with {from}", subject.title));
    let mut contents = vec![("asked", "What was asked"), ("answer", "The answer"), ("charts", "Charts"), ("outcomes", "All outcomes")];
    contents.extend([("drivers", "What drives the uncertainty"), ("errors", "How sure the simulation is")]);
    contents.extend([("data", "How good the data are"), ("method", "Method and limits"), ("reproduce", "How to have the same again")]);
    contents.retain(|(id, _)| match *id {
        "charts" => !charts.is_empty(),
        "drivers" => !drivers.is_empty(),
        "errors" => errors.is_some(),
        _ => true,
    });
    let page = Page {
        css: STYLE,
        js: SCRIPT,
        title: &subject.title,
        description: subject.description.as_deref(),
        compared: subject.against.is_some(),
        grid,
        contents: contents.into_iter().map(|(id, title)| Section { id, title }).collect(),
        facts: facts(manifest, subject),
        measures: &subject.measures,
        events: &subject.events,
        sentences: answer::sentences(subject, &lines, last),
        answer_note: answer_note(manifest, subject),
        lead,
        folded,
        summary: views::summary(subject, &lines, last),
        driver_sentences: told.iter().filter_map(|&place| driver_sentence(subject, &shares, place, last)).collect(),
        drivers,
        error_sentence: format!("{}{}", error_sentence(&lines, &sure, last), thin_tables(manifest)),
        errors,
        data_sentence: data_sentence(subject),
        quality: views::quality(subject),
        model: subject.model.as_deref(),
        version: &manifest.tradewind,
        command: &manifest.command,
        files: views::files(manifest),
        source: format!("Tradewind {}, scenario “{heading}”, {}.", manifest.tradewind, subject.baseline),
        heading,
    };
    let mut environment = Environment::new();
    // By its name, the engine escapes what goes into it as HTML.
    environment.add_template("report.html", TEMPLATE)?;
    Ok(environment.get_template("report.html")?.render(Serde(&page))?)
}

fn facts(manifest: &Manifest, subject: &Subject) -> Vec<Fact> {
    let periods = match manifest.periods.as_slice() {
        [one] => one.clone(),
        [first, .., last] => format!("{first} to {last}, {} periods", manifest.periods.len()),
        [] => String::new(),
    };
    let failed = if manifest.failures > 0 {
        format!(", of which {} have no equilibrium and are in no figure", grouped(manifest.failures))
    } else {
        String::new()
    };
    let at = manifest.points.map(|points| format!(" at each of {} points of a grid", grouped(points))).unwrap_or_default();
    let sampler = match manifest.sampler.as_str() {
        "sobol" => Sampler::Sobol.described(),
        "latin-hypercube" => Sampler::LatinHypercube.described(),
        "random" => Sampler::Random.described(),
        "quadrature" => Sampler::Quadrature.described(),
        other => other,
    };
    let what = if manifest.sampler == "quadrature" { "points" } else { "draws" };
    let draws = format!("{} {what}{at}{failed}; {}, seed {}", grouped(manifest.draws), sampler, manifest.seed);
    let mut facts = vec![Fact { name: "Scenario", what: subject.title.clone() }];
    facts.extend(
        subject
            .against
            .as_ref()
            .map(|from| Fact { name: "Compared with", what: format!("{from}; every figure is a difference from it, draw by draw") }),
    );
    facts.push(Fact { name: "Base year", what: format!("{} ({})", subject.base_year, subject.baseline) });
    facts.push(Fact { name: "Periods", what: periods });
    facts.extend(subject.model.iter().map(|model| Fact { name: "Model", what: model.clone() }));
    facts.push(Fact { name: "Draws", what: draws });
    facts.push(Fact { name: "Uncertain", what: format!("{} numbers of the scenario and its data", grouped(subject.uncertain as u64)) });
    if !subject.axes.is_empty() {
        facts.push(Fact { name: "Varied over the grid", what: subject.axes.join("; ") });
    }
    facts
}

fn answer_note(manifest: &Manifest, subject: &Subject) -> String {
    let succeeded = grouped(manifest.draws - manifest.failures.min(manifest.draws));
    let of = subject.outcomes.len();
    let rest = if of > 3 { format!(" The scenario’s first outcomes that are uncertain; all {of} stand below.") } else { String::new() };
    if manifest.sampler == "quadrature" {
        return format!("Means and standard deviations by quadrature over {succeeded} points: there are no quantiles.{rest}");
    }
    let grid = if subject.axes.is_empty() { "" } else { " at each point of the grid" };
    format!(
        "Over {succeeded} draws{grid} of all that is uncertain in the scenario; “nine of ten” is from the 5th to the 95th percentile.{rest}"
    )
}

/// The charts that tell most, and the others by what they are about.
fn arranged<'p>(subject: &Subject, charts: &'p Charts, drawings: &'p Drawings, told: &[usize]) -> (Vec<Figure<'p>>, Vec<Group<'p>>) {
    let prefix = |place: usize| format!("outcome-{:02}-", place + 1);
    let mut lead: Vec<&str> = charts.keys().map(String::as_str).filter(|name| *name == "map").collect();
    let kinds: [fn(&Chart) -> bool; 4] = [
        |chart| matches!(chart, Chart::Fan(_) | Chart::FanPair(_)),
        |chart| matches!(chart, Chart::Branches(_)),
        |chart| matches!(chart, Chart::Tornado(_)),
        |chart| matches!(chart, Chart::Exceedance(_)),
    ];
    let of = |place: usize, is: fn(&Chart) -> bool| {
        let prefix = prefix(place);
        charts.iter().filter(move |(name, chart)| name.starts_with(&prefix) && is(chart)).map(|(name, _)| name.as_str())
    };
    for (kind, is) in kinds.into_iter().enumerate() {
        // Of what follows the fans, one is enough.
        let places = if kind == 0 { told } else { &told[..told.len().min(1)] };
        lead.extend(places.iter().flat_map(|&place| of(place, is)));
    }
    lead.extend(charts.keys().map(String::as_str).filter(|name| *name == "attribution"));
    let swept = charts.keys().map(String::as_str).filter(|name| name.starts_with("sweep-"));
    lead.extend(swept.take(SHOWN));
    let figure = |name: &'p str| {
        let (chart, svg) = (charts.get(name)?, drawings.get(name)?);
        Some(Figure { title: chart.title(), svg, says: says::says(chart).map(|text| unbroken(&text)) })
    };
    let rest = || charts.keys().map(String::as_str).filter(|name| !lead.contains(name));
    let group = |title: String, belongs: &dyn Fn(&str) -> bool| Group {
        title,
        charts: rest().filter(|name| belongs(name)).filter_map(figure).collect(),
    };
    let mut groups = vec![group("The run as a whole".into(), &|name| !name.starts_with("outcome-"))];
    for (place, outcome) in subject.outcomes.iter().enumerate() {
        groups.push(group(outcome.name.clone(), &|name| name.starts_with(&prefix(place))));
    }
    groups.retain(|group| !group.charts.is_empty());
    (lead.iter().filter_map(|name| figure(name)).collect(), groups)
}

/// "The spread of X in 2028 comes most from a (38% of its variance, 95% interval 35 to 41%), b …".
fn driver_sentence(subject: &Subject, shares: &[Share], place: usize, last: &str) -> Option<Sentence> {
    let name = &subject.outcomes.get(place)?.name;
    let mut inputs = views::by_input(shares, name);
    inputs.retain(|(input, _)| !input.starts_with("group: "));
    let index = if inputs.iter().any(|(_, indices)| indices.contains_key("total")) { "total" } else { "given_data" };
    let mut found: Vec<(&str, &Share)> = inputs.iter().filter_map(|(input, indices)| Some((*input, *indices.get(index)?))).collect();
    found.retain(|(_, share)| views::stands_out(share));
    found.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
    let named: Vec<String> =
        found.iter().take(NAMED).map(|(input, share)| format!("{}: {}", views::called(subject, input), views::percent(share))).collect();
    let after = if named.is_empty() {
        format!(" in {last} hangs on no single input that stands out of the noise.")
    } else {
        format!(" in {last} hangs most on these inputs, each with its share of the variance and 95% interval: {}.", named.join("; "))
    };
    Some(Sentence { before: "The spread of ".into(), name: name.clone(), after }).filter(|_| !inputs.is_empty())
}

/// How large the largest error of a mean is.
fn error_sentence(lines: &[Line], sure: &[Sure], last: &str) -> String {
    let whole = lines.iter().filter(|line| line.period == last && line.branch == crate::findings::branches::ALL);
    let relative = whole.filter(|line| line.se.is_finite() && line.sd > 0.0).map(|line| (line.se / line.sd, &line.outcome));
    match relative.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((share, outcome)) if !sure.is_empty() => format!(
            "Of the means in {last}, the least sure is that of “{outcome}”: its standard error is {:.1}% of the outcome’s standard deviation. \
             More draws make figures surer; they do not make the world less uncertain.",
            100.0 * share
        ),
        _ => "How far other draws of the same number could move each figure.".into(),
    }
}

/// That ranges by flow, price and port rest on too few draws, where they do.
fn thin_tables(manifest: &Manifest) -> String {
    let leading = manifest.quantile_draws;
    if leading < manifest.draws && draws_beyond(leading, 0.05) < TOO_FEW {
        format!(
            " Of single flows, prices, tariffs and ports, ranges rest on the first {} draws alone, too few for their ends to be relied on; means rest on all draws.",
            grouped(leading)
        )
    } else {
        String::new()
    }
}

/// A figure with its unit on one line.
fn unbroken(text: &str) -> String {
    let mut text = text.replace("US$ ", "US$\u{a0}");
    for unit in ["bn", "m", "tn", "thousand", "TEU", "pp"] {
        for digit in '0'..='9' {
            text = text.replace(&format!("{digit} {unit}"), &format!("{digit}\u{a0}{unit}"));
        }
    }
    text
}

fn data_sentence(subject: &Subject) -> String {
    let whole: f64 = subject.quality.iter().map(|known| known.usd_m).sum();
    let share = |known: &super::subject::Known| format!("{:.0}% is {}", 100.0 * known.usd_m / whole.max(f64::MIN_POSITIVE), known.how);
    let shares: Vec<String> = subject.quality.iter().map(share).collect();
    format!(
        "Of {} of trade between regions in {}, by value {}.",
        crate::charts::Unit::UsdMillion.format(whole),
        subject.base_year,
        shares.join(", ")
    )
}

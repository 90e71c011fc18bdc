//! `threshold` of an outcome: the figures whose crossing somebody cares about, in the outcome's own unit. `-10_000`, `"5%"`, or a list.

use super::course::is_value;
use super::number::{self, Quantity};
use super::outcome::{OutcomeMeasure, Reading, VolumeUnit};
use super::reader::Reader;
use super::written::{Table, Value, Written};

/// Reads `threshold`: rising, each once; none where the table has no such key. `None` if what stands there cannot be used, which is noted.
pub(super) fn read(
    reader: &mut Reader<'_>,
    table: &Table,
    measure: Option<OutcomeMeasure>,
    unit: Option<VolumeUnit>,
    reading: Option<Reading>,
) -> Option<Vec<f64>> {
    let Some(written) = table.get("threshold") else {
        return Some(Vec::new());
    };
    let unit = amount(measure?, unit?, reading?);
    let items = match &written.value {
        Value::List(items) if items.is_empty() => {
            let help = "write threshold = -10_000, or a list of such figures, or remove it".to_owned();
            reader.error(&written.place, "the list of thresholds is empty", Some(help));
            return None;
        }
        Value::List(items) => &items[..],
        _ => std::slice::from_ref(written),
    };
    let mut out: Vec<f64> = Vec::with_capacity(items.len());
    let mut whole = true;
    for item in items {
        match one(reader, item, unit) {
            Some(value) if out.contains(&value) => {
                let message = format!("the threshold {} is given twice", number::as_written(item));
                reader.error(&item.place, message, Some("keep one of the two".to_owned()));
            }
            Some(value) => out.push(value),
            None => whole = false,
        }
    }
    out.sort_by(f64::total_cmp);
    whole.then_some(out)
}

fn one(reader: &mut Reader<'_>, written: &Written, unit: Option<&'static str>) -> Option<f64> {
    if let Value::Table(table) = &written.value
        && is_value(table)
    {
        let help = "write a number: it is the outcome that is uncertain, and the threshold that it is held against is not".to_owned();
        reader.error(&written.place, "a threshold cannot be a distribution", Some(help));
        return None;
    }
    if let (Value::Text(text), Some(unit)) = (&written.value, unit)
        && text.trim().ends_with('%')
    {
        let help = format!("write {unit}, or read trade and revenue as = \"percent\" of the base year");
        reader.error(&written.place, format!("a threshold of {text:?} for an outcome in {unit}"), Some(help));
        return None;
    }
    // Minus zero is zero, and would be another threshold.
    number::scalar(reader, written, Quantity::Figure(unit)).map(|value| value + 0.0)
}

/// What the figures of an outcome are amounts of; none for shares, rates, ratios and percentages.
fn amount(measure: OutcomeMeasure, unit: VolumeUnit, reading: Reading) -> Option<&'static str> {
    use OutcomeMeasure::*;
    match (reading, measure) {
        (Reading::Percent, _) | (_, ModeShare | Exposure | EffectiveTariff | ProducerPrice | ConsumerPrice | PortUtilisation) => None,
        (_, TradeVolume) if unit == VolumeUnit::Tonnes => Some("tonnes"),
        (_, TradeVolume) if unit == VolumeUnit::Teu => Some("TEU"),
        (_, PortThroughput) => Some("TEU"),
        (_, TradeValue | TradeVolume | TariffRevenue | ConsumerSurplus | ProducerSurplus | Welfare) => Some("US$ million"),
    }
}

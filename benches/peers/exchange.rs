//! Economies, draws and answers as files that any program reads: `NAME.f64` holds arrays one after the other, little-endian doubles in row-major order;
//! `NAME.json` says what they are.
//!
//! The header has `regions`, `sectors`, `draws`, `cells` (of each sector, the moved cells as [exporter, importer]) and `arrays`: name → shape and the
//! number of doubles before it. The arrays of an economy are `economy::Sector`'s with the sector as first index, and the engine's answers, `solve::Answer`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Map, json};

use crate::economy::{Economy, SECTORS, Sector};
use crate::solve::Answer;

/// Writes both files of an economy.
pub fn write(folder: &Path, economy: &Economy, answer: &Answer) -> Result<(), String> {
    let path = |ending: &str| folder.join(format!("{}.{ending}", economy.shape.name));
    let (numbers, header) = (path("f64"), path("json"));
    write_both(&numbers, &header, economy, answer).map_err(|e| format!("cannot write {} and .json: {e}", numbers.display()))
}

fn write_both(numbers: &Path, header: &Path, economy: &Economy, answer: &Answer) -> io::Result<()> {
    let (n, draws) = (economy.shape.regions, economy.shape.draws);
    let mut file = Arrays { file: BufWriter::new(File::create(numbers)?), written: 0, index: Map::new() };
    type Figures = fn(&Sector) -> &[f64];
    let sectors: [(&str, &[usize], Figures); 8] = [
        ("value", &[n, n], |s| &s.value),
        ("tariff", &[n, n], |s| &s.tariff),
        ("transport", &[n, n], |s| &s.transport),
        ("wedge", &[draws, n], |s| &s.wedge),
        ("demand", &[draws, n], |s| &s.demand),
        ("domestic", &[draws, n], |s| &s.domestic),
        ("import", &[draws, if economy.shape.import_by_market { n } else { 1 }], |s| &s.import),
        ("supply", &[draws, n], |s| &s.supply),
    ];
    for (name, shape, of) in sectors {
        file.add(name, shape, economy.sectors.iter().map(of))?;
    }
    file.add("producer_hat", &[draws, n], [&answer.producer[..]])?;
    file.add("consumer_hat", &[draws, n], [&answer.consumer[..]])?;
    file.add("value_hat", &[draws, n, n], [&answer.value[..]])?;
    file.file.flush()?;
    let cells: Vec<_> = economy.sectors.iter().map(|sector| &sector.cells).collect();
    let says = json!({ "regions": n, "sectors": SECTORS, "draws": draws, "cells": cells, "arrays": file.index });
    std::fs::write(header, format!("{says}\n"))
}

struct Arrays {
    file: BufWriter<File>,
    written: usize,
    index: Map<String, serde_json::Value>,
}

impl Arrays {
    /// Appends an array of sectors × `shape`, given in parts.
    fn add<'a>(&mut self, name: &str, shape: &[usize], parts: impl IntoIterator<Item = &'a [f64]>) -> io::Result<()> {
        let first = self.written;
        for number in parts.into_iter().flatten() {
            self.file.write_all(&number.to_le_bytes())?;
            self.written += 1;
        }
        let shape: Vec<usize> = [&[SECTORS], shape].concat();
        assert_eq!(self.written - first, shape.iter().product::<usize>(), "{name}: the header must say what the file holds");
        self.index.insert(name.to_owned(), json!({ "shape": shape, "first": first }));
        Ok(())
    }
}

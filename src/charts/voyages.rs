//! How goods travel between Canada and Mexico as a map draws it: by sea along the lanes off the coasts, by land through the United States, by air.
//!
//! The lanes are a net of way-points a few ten kilometres offshore. A voyage is the shortest way along them (Dijkstra 1959), which leads round Florida or
//! through Panama where it must. They are for drawing alone: distances and days that results depend on are the baseline's (`routes.csv`).

/// Way-points, degrees north and east. Lanes meet where they share a point.
const LANES: [&[(f64, f64)]; 31] = [
    // Prince Rupert, outside Vancouver Island, to Cape Flattery
    &[(54.25, -130.6), (53.2, -131.0), (51.9, -130.2), (50.8, -129.3), (49.5, -127.7), (48.5, -125.6)],
    // Vancouver, Seattle, through Juan de Fuca
    &[(49.2, -123.35), (48.5, -123.2), (48.25, -123.6), (48.25, -124.1), (48.5, -124.8), (48.5, -125.6)],
    &[(47.6, -122.45), (48.1, -122.7), (48.25, -123.6)],
    // down the west coast of the United States and Baja California, past Manzanillo and Lázaro Cárdenas
    &[(48.5, -125.6), (46.2, -125.0), (43.0, -125.3), (40.4, -125.2), (38.2, -124.1), (36.3, -122.8), (34.4, -121.3), (33.2, -119.9)],
    &[(33.2, -119.9), (32.0, -118.2), (31.0, -117.3), (29.6, -116.5), (28.2, -116.1), (27.0, -115.2), (25.6, -113.4), (24.0, -111.9)],
    &[(24.0, -111.9), (22.5, -110.2), (21.2, -107.6), (20.2, -106.2), (19.2, -105.2), (18.85, -104.4), (18.1, -103.7), (17.65, -102.4)],
    // on to the Gulf of Panama
    &[(17.65, -102.4), (16.6, -100.2), (15.6, -98.0), (15.2, -96.3), (14.4, -94.2), (13.2, -91.3), (12.3, -88.6), (11.0, -87.0)],
    &[(11.0, -87.0), (9.5, -86.2), (8.0, -84.0), (7.0, -82.0), (6.8, -80.3), (7.8, -79.4), (8.85, -79.55)],
    // San Francisco, Los Angeles, Ensenada, Mazatlán, Guaymas, Salina Cruz
    &[(38.2, -124.1), (37.7, -122.8)],
    &[(33.2, -119.9), (33.5, -118.5), (32.0, -118.2)],
    &[(32.0, -118.2), (31.75, -116.95), (31.0, -117.3)],
    &[(22.5, -110.2), (22.7, -109.0), (23.1, -106.6), (21.2, -107.6)],
    &[(22.7, -109.0), (24.6, -108.7), (26.4, -110.4), (27.8, -111.3)],
    &[(15.2, -96.3), (16.0, -95.2), (14.4, -94.2)],
    // the canal; to the Yucatán Channel; through the Windward Passage to the ocean
    &[(8.85, -79.55), (9.5, -79.95)],
    &[(9.5, -79.95), (11.0, -80.4), (14.0, -81.6), (17.0, -83.0), (19.5, -84.6), (21.6, -85.7), (23.3, -86.0)],
    &[
        (9.5, -79.95),
        (13.5, -77.4),
        (17.5, -75.3),
        (20.1, -73.9),
        (21.3, -74.3),
        (22.8, -74.75),
        (24.3, -73.8),
        (31.0, -71.0),
        (38.0, -68.4),
        (41.8, -66.8),
    ],
    // the Gulf of Mexico: Progreso, Veracruz, Coatzacoalcos, Tuxpan, Altamira and Tampico
    &[(23.3, -86.0), (22.9, -89.0), (22.4, -92.0), (21.0, -94.2), (19.7, -95.5), (19.25, -96.0)],
    &[(22.9, -89.0), (21.55, -89.65)],
    &[(21.0, -94.2), (18.4, -94.4)],
    &[(22.4, -92.0), (22.5, -95.0), (22.45, -97.6)],
    &[(22.5, -95.0), (21.1, -97.1)],
    // its north: New Orleans, Houston
    &[(23.3, -86.0), (25.5, -87.5), (28.6, -89.2), (28.5, -91.5), (29.1, -94.4)],
    &[(29.1, -94.4), (25.5, -95.6), (22.5, -95.0), (19.7, -95.5)],
    // the Straits of Florida and up the east coast, past Georges Bank
    &[(23.3, -86.0), (23.8, -83.0), (23.9, -81.5), (24.5, -80.2), (25.6, -79.75), (27.0, -79.5), (28.8, -79.7), (30.8, -79.3)],
    &[(30.8, -79.3), (32.6, -77.3), (34.2, -75.6), (35.5, -74.7), (37.2, -74.0), (39.0, -72.6), (40.4, -70.0), (41.8, -66.8)],
    // Savannah and Charleston, Norfolk, New York
    &[(30.8, -79.3), (32.2, -80.2), (32.6, -77.3)],
    &[(35.5, -74.7), (36.9, -75.6), (37.2, -74.0)],
    &[(39.0, -72.6), (40.3, -73.6), (40.4, -70.0)],
    // round Nova Scotia, through Cabot Strait and up the Saint Lawrence to Montréal
    &[
        (41.8, -66.8),
        (43.0, -64.9),
        (44.3, -63.1),
        (44.7, -61.2),
        (45.3, -59.5),
        (46.4, -59.0),
        (47.35, -59.95),
        (48.3, -61.9),
        (48.85, -63.3),
        (49.4, -64.8),
        (49.3, -66.5),
        (48.9, -68.2),
        (48.2, -69.35),
        (47.4, -70.3),
        (46.9, -71.0),
        (46.5, -71.9),
        (46.2, -72.75),
        (45.8, -73.35),
        (45.55, -73.52),
    ],
    // Saint John in the Bay of Fundy
    &[(41.8, -66.8), (43.3, -66.8), (44.45, -66.55), (45.1, -66.05)],
];

/// How goods go by land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandMode {
    /// Windsor and Detroit, Indianapolis, Little Rock, Dallas, Laredo.
    Truck,
    /// Windsor and Detroit, Chicago, Kansas City, San Antonio, Laredo.
    Rail,
}

/// A voyage between two ports, as (longitude, latitude) from the one to the other, along the coasts and through Panama where they differ.
///
/// `from` and `to` are (latitude, longitude) in degrees. Each port is joined to the way-point nearest to it. Where one of the two is not a number, the
/// path is just those two points: a map leaves out what it cannot place.
pub fn sea_path(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let mut points = vec![from];
    if [from.0, from.1, to.0, to.1].iter().all(|v| v.is_finite()) {
        points.extend(shortest(from, to));
    }
    points.push(to);
    points.into_iter().map(|(lat, lon)| (lon, lat)).collect()
}

/// The road or railway from Toronto to Querétaro, as (longitude, latitude).
pub fn land_path(mode: LandMode) -> Vec<(f64, f64)> {
    let by_way_of: &[(f64, f64)] = match mode {
        LandMode::Truck => &[(-86.2, 39.8), (-88.9, 37.1), (-92.3, 34.75), (-96.6, 32.7), (-98.2, 29.4)],
        LandMode::Rail => &[(-87.7, 41.6), (-91.2, 40.7), (-94.6, 39.1), (-97.2, 35.4), (-97.9, 31.5), (-98.9, 29.3)],
    };
    let ends: [&[(f64, f64)]; 2] =
        [&[(-79.4, 43.7), (-81.2, 43.0), (-83.05, 42.3)], &[(-99.5, 27.5), (-100.3, 25.7), (-100.95, 22.2), (-100.4, 20.6)]];
    [ends[0], by_way_of, ends[1]].concat()
}

/// A flight between two places given as (latitude, longitude), as (longitude, latitude): bowed to the east of the straight line, as flights are drawn,
/// so that it stands clear of what goes by land.
pub fn air_path(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    const STEPS: u32 = 12;
    let (north, east) = (to.0 - from.0, to.1 - from.1);
    let side = if north < 0.0 { 0.1 } else { -0.1 };
    let point = |step: u32| {
        let t = f64::from(step) / f64::from(STEPS);
        let bow = 4.0 * side * t * (1.0 - t);
        (from.1 + t * east - bow * north, from.0 + t * north + bow * east)
    };
    (0..=STEPS).map(point).collect()
}

/// The way-points of the shortest voyage.
fn shortest(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut number = |point: (f64, f64)| {
        points.iter().position(|p| *p == point).unwrap_or_else(|| {
            points.push(point);
            points.len() - 1
        })
    };
    let legs: Vec<(usize, usize)> = LANES.iter().flat_map(|lane| lane.windows(2)).map(|leg| (number(leg[0]), number(leg[1]))).collect();
    let nearest = |port| (0..points.len()).min_by(|a, b| distance(points[*a], port).total_cmp(&distance(points[*b], port))).unwrap_or(0);
    let (start, end) = (nearest(from), nearest(to));

    // From the end, so that each point then knows its next.
    let mut away = vec![f64::INFINITY; points.len()];
    let mut next: Vec<Option<usize>> = vec![None; points.len()];
    let mut left: Vec<usize> = (0..points.len()).collect();
    away[end] = 0.0;
    while let Some(i) = (0..left.len()).min_by(|a, b| away[left[*a]].total_cmp(&away[left[*b]])) {
        let here = left.swap_remove(i);
        let neighbours = legs.iter().filter_map(|(a, b)| if *a == here { Some(*b) } else { (*b == here).then_some(*a) });
        for there in neighbours {
            let through = away[here] + distance(points[here], points[there]);
            if through < away[there] {
                away[there] = through;
                next[there] = Some(here);
            }
        }
    }
    std::iter::successors(Some(start), |here| next[*here]).map(|i| points[i]).collect()
}

/// On a globe of radius one, good for the short legs of a lane.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let narrowing = ((a.0 + b.0) / 2.0).to_radians().cos();
    (a.0 - b.0).to_radians().hypot((a.1 - b.1).to_radians() * narrowing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::geography::is_land;

    const PORTS: [(&str, f64, f64); 13] = [
        ("Vancouver", 49.29, -123.03),
        ("Prince Rupert", 54.29, -130.33),
        ("Montréal", 45.54, -73.53),
        ("Halifax", 44.67, -63.57),
        ("Saint John", 45.26, -66.06),
        ("Manzanillo", 19.06, -104.29),
        ("Lázaro Cárdenas", 17.94, -102.18),
        ("Ensenada", 31.85, -116.62),
        ("Mazatlán", 23.19, -106.42),
        ("Veracruz", 19.22, -96.15),
        ("Altamira", 22.48, -97.89),
        ("Progreso", 21.34, -89.68),
        ("Coatzacoalcos", 18.12, -94.40),
    ];

    /// Every voyage between two ports stays at sea, but for harbours, the Saint Lawrence above its estuary, narrow straits and the Panama Canal.
    #[test]
    fn voyages_keep_off_the_land() {
        let mut aground = Vec::new();
        for (from, a, b) in PORTS {
            for (to, c, d) in PORTS.iter().filter(|(to, ..)| *to != from) {
                let path = sea_path((a, b), (*c, *d));
                assert_eq!((path[0], path[path.len() - 1]), ((b, a), (*d, *c)));
                for leg in path.windows(2) {
                    for step in 0..=20 {
                        let t = f64::from(step) / 20.0;
                        let at = (leg[0].0 + t * (leg[1].0 - leg[0].0), leg[0].1 + t * (leg[1].1 - leg[0].1));
                        let near = |lat: f64, lon: f64| distance((lat, lon), (at.1, at.0)) * 6371.0 < 60.0;
                        let river = at.1 > 45.0 && (-74.0..-69.8).contains(&at.0);
                        let straits = near(48.6, -123.3) || near(9.2, -79.8);
                        let harbour = PORTS.iter().any(|(_, lat, lon)| near(*lat, *lon));
                        if is_land(at) && !river && !straits && !harbour {
                            aground.push(format!("{from} to {to} at {:.2} {:.2}", at.1, at.0));
                        }
                    }
                }
            }
        }
        assert!(aground.is_empty(), "{aground:#?}");
    }

    #[test]
    fn a_voyage_goes_round_florida_or_through_panama() {
        let passes = |path: &[(f64, f64)], lon: f64, lat: f64| path.iter().any(|p| distance((p.1, p.0), (lat, lon)) * 6371.0 < 100.0);
        let east = sea_path((45.54, -73.53), (19.22, -96.15));
        assert!(passes(&east, -80.2, 24.5) && !passes(&east, -79.9, 9.4), "Montréal to Veracruz: {east:?}");
        let west = sea_path((49.29, -123.03), (19.06, -104.29));
        assert!(passes(&west, -111.9, 24.0) && !passes(&west, -79.9, 9.4), "Vancouver to Manzanillo: {west:?}");
        let canal = sea_path((49.29, -123.03), (19.22, -96.15));
        assert!(passes(&canal, -79.9, 9.4) && passes(&canal, -85.7, 21.6), "Vancouver to Veracruz: {canal:?}");
        assert_eq!(sea_path((f64::NAN, 0.0), (19.0, -96.0)).len(), 2);
    }

    #[test]
    fn land_and_air_start_and_end_where_they_should() {
        for mode in [LandMode::Truck, LandMode::Rail] {
            let path = land_path(mode);
            assert_eq!((path[0], path[path.len() - 1]), ((-79.4, 43.7), (-100.4, 20.6)));
            assert!(path.contains(&(-99.5, 27.5)), "over the border at Laredo");
        }
        let flight = air_path((43.7, -79.4), (19.4, -99.1));
        let back = air_path((19.4, -99.1), (43.7, -79.4));
        assert!(flight[6].0 > -89.25 && back[6].0 > -89.25, "both ways pass east of the straight line");
    }
}

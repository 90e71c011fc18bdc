#![doc = include_str!("links.md")]
#![doc = include_str!("README.md")]

// The pages are files that read well where the repository is browsed, with links from file to file at their ends. Of two definitions of a link the first one
// counts, so links.md, which comes before each page, leads to the same places here.

pub mod first_scenario {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("first-scenario.md")]
}

pub mod tariffs {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("tariffs.md")]
}

pub mod elasticities {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("elasticities.md")]
}

pub mod diversion {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("diversion.md")]
}

pub mod routes {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("routes.md")]
}

pub mod ports {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("ports.md")]
}

pub mod events {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("events.md")]
}

pub mod uncertainty {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("uncertainty.md")]
}

pub mod sensitivity {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("sensitivity.md")]
}

pub mod welfare {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("welfare.md")]
}

pub mod closures {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("closures.md")]
}

pub mod data {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("data.md")]
}

pub mod glossary {
    #![doc = include_str!("links.md")]
    #![doc = include_str!("glossary.md")]
}

//! A small world with two coasts: ports at both ends of the sea routes between Canada and Mexico, and a truck through the United States.

use super::{World, fixed_elasticities};

impl World {
    /// Canada, the United States and Mexico, no tariffs: between Canada and Mexico a truck through the US, and the sea by two coasts, each with a port at either end.
    /// Of `machines` and `grain`, those wanted. Elasticities are given but for κ = 4.
    pub fn coasts(sectors: &[&'static str], elasticities: &str) -> World {
        let regions = vec!["CAN", "USA", "MEX"];
        let mut flows = Vec::new();
        let (mut density, mut time, mut shares) = (String::new(), String::new(), String::new());
        for &sector in sectors {
            let machines = sector == "machines";
            let values = match machines {
                true => [90_000.0, 60_000.0, 4_000.0, 50_000.0, 900_000.0, 40_000.0, 6_000.0, 80_000.0, 60_000.0],
                false => [30_000.0, 9_000.0, 2_000.0, 6_000.0, 200_000.0, 9_000.0, 1_500.0, 7_000.0, 40_000.0],
            };
            flows.extend(values.into_iter().enumerate().map(|(c, value)| (regions[c / 3], regions[c % 3], sector, value, 0.0)));
            density += if machines { "machines,6000,8,0.9,assumed\n" } else { "grain,600,20,0.3,assumed\n" };
            time += if machines { "machines,0.008,assumed\n" } else { "grain,0.002,assumed\n" };
            let [truck, atlantic, pacific] = if machines { [0.8, 0.15, 0.05] } else { [0.4, 0.4, 0.2] };
            for pair in ["CAN,MEX", "MEX,CAN"] {
                shares += &format!(
                    "{pair},{sector},truck,{truck},0,assumed\n{pair},{sector},atlantic,{atlantic},0,assumed\n{pair},{sector},pacific,{pacific},0,assumed\n"
                );
            }
        }
        let routes = "CAN,MEX,truck,truck,USA,,,4000,8,400,assumed\nCAN,MEX,atlantic,sea,,Halifax,Veracruz,6000,25,170,assumed\n\
            CAN,MEX,pacific,sea,,Vancouver,Manzanillo,5000,20,150,assumed\nMEX,CAN,truck,truck,USA,,,4000,8,400,assumed\n\
            MEX,CAN,atlantic,sea,,Veracruz,Halifax,6000,25,170,assumed\nMEX,CAN,pacific,sea,,Manzanillo,Vancouver,5000,20,150,assumed\n";
        let ports = "Halifax,CAN,Atlantic,44.6,-63.6,500000,800000,1.5,200,assumed\nVancouver,CAN,Pacific,49.3,-123,3000000,4000000,2,200,assumed\n\
            Veracruz,MEX,Gulf,19.2,-96.1,1100000,1300000,2.5,150,assumed\nManzanillo,MEX,Pacific,19.1,-104.3,3700000,4000000,3,150,assumed\n";
        let more = vec![
            (
                "routes.csv",
                format!("exporter,importer,route,mode,via,from_port,to_port,distance_km,days,freight_usd_per_tonne,quality\n{routes}"),
            ),
            ("route_shares.csv", format!("exporter,importer,sector,route,share,log_sd,quality\n{shares}")),
            ("value_density.csv", format!("sector,usd_per_tonne,tonnes_per_teu,containerised,quality\n{density}")),
            ("time_value.csv", format!("sector,mean,quality\n{time}")),
            ("ports.csv", format!("port,region,coast,lat,lon,throughput_teu,capacity_teu,wait_days,handling_usd_per_teu,quality\n{ports}")),
        ];
        let elasticities = format!("{elasticities}route,*,*,long,4,,,assumed\n");
        World { regions, sectors: sectors.to_vec(), flows, assumed: Vec::new(), elasticities, more }
    }
}

/// Where the sea competes with the land bridge.
pub const PAIRS: [&str; 2] = ["CAN-MEX", "MEX-CAN"];

/// The head of a scenario.
pub const ONE_YEAR: &str = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 16\n";

/// One sector, `machines`, with elasticities that are known.
pub fn machines() -> World {
    World::coasts(&["machines"], &fixed_elasticities(1.0, 3.0, 6.0, "2"))
}

/// Both sectors, elasticities unknown.
pub fn uncertain() -> World {
    let elasticities = "demand,*,*,long,1,0.2,lognormal,assumed\ndomestic,*,*,long,3,0.6,lognormal,assumed\n\
        import,*,*,long,6,1.2,lognormal,assumed\nsupply,*,*,long,2,0.6,lognormal,assumed\n";
    World::coasts(&["machines", "grain"], elasticities)
}

/// Berths at Halifax that are nearly full with what is there already.
pub fn with_small_halifax(world: World) -> World {
    world.replacing("ports.csv", ",500000,800000,", ",60000,66000,")
}

/// A sailing between Halifax and Veracruz, like the truck.
pub fn service(capacity: &str, start: &str, days: f64, freight: f64) -> String {
    format!(
        "\n[[service]]\nname = \"Gulf express\"\nfrom_port = \"Halifax\"\nto_port = \"Veracruz\"\nstart = {start}\ncapacity_teu = {capacity}\n\
         like = \"truck\"\ndays = {days}\nfreight_usd_per_tonne = {freight}\n"
    )
}

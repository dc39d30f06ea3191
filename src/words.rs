//! Numbers, and sentences about engines, as people read them.

use jobs::pool::{Choice, Graphics, Why, name};

/// What is awaited while workers are fetched, with what has arrived of them.
pub fn starting(what: &str, bytes: u64) -> String {
    if bytes == 0 { what.into() } else { format!("{what}: {:.1} MB are here", bytes as f64 / 1e6) }
}

/// A number in three digits, small ones as powers of ten with real superscripts.
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return "—".into();
    }
    let size = x.abs();
    if size == 0.0 {
        "0".into()
    } else if (1e-3..1e4).contains(&size) {
        let decimals = (2 - size.log10().floor() as i32).max(0) as usize;
        format!("{x:.decimals$}")
    } else {
        let mut power = size.log10().floor() as i32;
        // What would be rounded to ten of a power is one of the next.
        if size / 10f64.powi(power) >= 9.95 {
            power += 1;
        }
        let mantissa = x / 10f64.powi(power);
        format!("{mantissa:.1} × 10{}", superscript(power))
    }
}

fn superscript(power: i32) -> String {
    let of = |c: char| match c {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    power.to_string().chars().map(of).collect()
}

/// A factor between two errors.
pub fn factor(ratio: f64) -> String {
    if ratio >= 1e4 {
        number(ratio)
    } else if ratio >= 10.0 {
        format!("{ratio:.0}")
    } else {
        format!("{ratio:.1}")
    }
}

/// A duration in seconds or minutes.
pub fn seconds(seconds: f64) -> String {
    if seconds >= 90.0 { format!("{:.0} min", seconds / 60.0) } else { format!("{:.0} s", seconds.ceil()) }
}

/// Which engine was taken, and why.
pub fn chosen(choice: Choice) -> String {
    let engine = name(choice.engine);
    match choice.why {
        Why::Asked => format!("Trains on the {engine}, as asked."),
        Why::Small => format!("Trains on the {engine}: a network this small has nothing to gain from a GPU."),
        Why::NoCard(Graphics::Software) => {
            format!("Trains on the {engine}: the GPU of this browser is only simulated.")
        }
        Why::NoCard(_) => format!("Trains on the {engine}: this browser offers no GPU."),
        Why::GpuLost => format!("Trains on the {engine}: the GPU was lost too often."),
        Why::Measured { cpu, gpu } => {
            let speed = |speed: Option<f64>| speed.map_or("did not start".into(), |rate| format!("{rate:.0} steps/s"));
            format!("Trains on the {engine}. Measured: {} on one CPU core, {} on the GPU.", speed(cpu), speed(gpu))
        }
    }
}

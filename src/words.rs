//! Numbers, and sentences about engines, as people read them.

use jobs::pool::{Choice, Graphics, Why, name};
use language::{fixed, tr};

/// What is awaited while workers are fetched, with what has arrived of them.
pub fn starting(what: &str, bytes: u64) -> String {
    if bytes == 0 {
        what.into()
    } else {
        tr!("{what}: {size} MB are here", what = what, size = fixed(bytes as f64 / 1e6, 1))
    }
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
        fixed(x, decimals)
    } else {
        let mut power = size.log10().floor() as i32;
        // What would be rounded to ten of a power is one of the next.
        if size / 10f64.powi(power) >= 9.95 {
            power += 1;
        }
        let mantissa = x / 10f64.powi(power);
        format!("{} × 10{}", fixed(mantissa, 1), superscript(power))
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
        fixed(ratio, 1)
    }
}

/// A duration in seconds or minutes.
pub fn seconds(seconds: f64) -> String {
    if seconds >= 90.0 { tr!("{} min", fixed(seconds / 60.0, 0)) } else { tr!("{} s", fixed(seconds.ceil(), 0)) }
}

/// How fast training is, in steps per second, whether two cores share a step, and how many seconds it still takes.
pub fn pace(rate: f64, left: Option<f64>, shared: bool) -> String {
    let rate = fixed(rate, if rate < 10.0 { 1 } else { 0 });
    let pace = if shared { tr!("{} steps/s on two cores", rate) } else { tr!("{} steps/s", rate) };
    match left {
        Some(left) => tr!("{pace} · {time} left", pace = pace, time = seconds(left)),
        None => pace,
    }
}

/// Which engine was taken, and why.
pub fn chosen(choice: Choice) -> String {
    let engine = name(choice.engine);
    match choice.why {
        Why::Asked => tr!("Trains on the {engine}, as asked.", engine = engine),
        Why::Kept => tr!("Was trained on the {engine}, and goes on there.", engine = engine),
        Why::Small => {
            tr!("Trains on the {engine}: a network this small has nothing to gain from a GPU.", engine = engine)
        }
        Why::NoCard(Graphics::Software) => {
            tr!("Trains on the {engine}: the GPU of this browser is only simulated.", engine = engine)
        }
        Why::NoCard(_) => tr!("Trains on the {engine}: this browser offers no GPU.", engine = engine),
        Why::GpuLost => tr!("Trains on the {engine}: the GPU was lost too often.", engine = engine),
        Why::Measured { cpu, gpu } => {
            let speed =
                |speed: Option<f64>| speed.map_or_else(|| tr!("did not start").into(), |rate| pace(rate, None, false));
            tr!(
                "Trains on the {engine}. Measured: {cpu} on one CPU core, {gpu} on the GPU.",
                engine = engine,
                cpu = speed(cpu),
                gpu = speed(gpu)
            )
        }
    }
}

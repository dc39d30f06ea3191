//! What the name of a column says about it, in the languages in which phyphox, Tracker, PASCO and Vernier write their exports.

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A time.
    Time,
    /// A position or an angle.
    Position,
    /// A velocity, an angular velocity or a momentum.
    Velocity,
    /// An acceleration.
    Acceleration,
    /// Which trial a row belongs to.
    Trial,
    /// The number of a row.
    Index,
    /// A force, a temperature, an uncertainty, the size of a vector: never a coordinate.
    Other,
    /// Not known.
    Unknown,
}

/// Where a known word has to stand.
#[derive(Clone, Copy)]
enum Place {
    /// It is the whole name, or the name without an axis.
    Whole,
    /// A word of the name begins with it.
    Start,
    /// Anywhere: long words, which German joins to others, and scripts without spaces.
    Inside,
}

/// In the order in which they are tried: an angular velocity is no angle, and an acceleration no velocity.
const WORDS: &[(Meaning, Place, &str)] = &[
    (
        Meaning::Other,
        Place::Start,
        "absol betrag magnitud modul módul norm total err uncert unsicher incert sigma std stdev force kraft fuerza forza força \
         energ énerg temperat voltage spannung tension tensión current strom frequen fréquen power leistung pressure druck \
         绝对 絶対 절대 误差",
    ),
    (Meaning::Other, Place::Whole, "f abs gate"),
    (Meaning::Acceleration, Place::Inside, "accel accél aceler acelera beschleunigung 加速 가속"),
    (Meaning::Acceleration, Place::Whole, "a acc ax ay az"),
    (Meaning::Other, Place::Inside, "重力 圧力 压力"),
    (Meaning::Other, Place::Whole, "力 힘 张力 張力"),
    (
        Meaning::Velocity,
        Place::Inside,
        "velocit velocid geschwindigkeit vitesse speed rapidez 速度 速さ 속도 속력 角速 각속 gyro drehrate giroscop omega ω momentum impuls thetadot \
         dtheta /dt",
    ),
    (Meaning::Velocity, Place::Start, "rotation rotación rotazione rotação"),
    (Meaning::Velocity, Place::Whole, "v w p vx vy vz rate px py dx dq theta·dot"),
    (
        Meaning::Position,
        Place::Start,
        "theta θ angle angul winkel ángulo ângulo angolo phi φ alpha α posi positi displac auslenk weg strecke abstand deplac déplac distan \
         elong élong height höhe hauteur altura altezza length länge longueur longitud lunghezza comprimento ort spost",
    ),
    (
        Meaning::Position,
        Place::Inside,
        "角度 각도 角位 각변위 位置 위치 位移 変位 变位 변위 距離 거리 距离 高度 높이 振幅 摆角 振れ角",
    ),
    (Meaning::Position, Place::Whole, "q x y z s o r h d 角 각 β ψ"),
    (Meaning::Time, Place::Start, "time zeit temps tiempo tempo elapsed millis second sekund segund timestamp uhrzeit"),
    (Meaning::Time, Place::Inside, "時間 时间 시간 時刻 timestamp"),
    (Meaning::Time, Place::Whole, "t sec ms 시각"),
    (
        Meaning::Trial,
        Place::Start,
        "trial run experiment versuch durchgang lauf messreihe essai ensayo prueba prova tentativa object track series serie group dataset",
    ),
    (Meaning::Trial, Place::Inside, "試行 实验 実験 실험"),
    (Meaning::Index, Place::Start, "frame index sample row bild image unnamed count nummer number"),
    (Meaning::Index, Place::Whole, "n no nr id i # step 番号 번호 序号"),
];

/// What a name stands for.
pub fn meaning(name: &str) -> Meaning {
    let plain = plain(name);
    // “yerr”, “x_error”: whatever it belongs to.
    if is_uncertainty(&plain) {
        return Meaning::Other;
    }
    let (whole, _) = split_axis(&plain);
    let fits = |place: Place, word: &str| match place {
        Place::Whole => whole == word || plain == word,
        Place::Start => plain.split(' ').any(|part| part.starts_with(word)),
        Place::Inside => plain.contains(word),
    };
    let found = WORDS.iter().find(|(_, place, words)| words.split_whitespace().any(|word| fits(*place, word)));
    found.map_or(Meaning::Unknown, |(meaning, _, _)| *meaning)
}

/// The axis that a name belongs to: x of `v_{x}`, `vx`, `Gyroscope x` and `x-velocity`.
pub fn axis(name: &str) -> Option<char> {
    split_axis(&plain(name)).1
}

/// The name without its axis, in small letters: what columns of one sensor have in common.
pub fn without_axis(name: &str) -> String {
    split_axis(&plain(name)).0
}

/// Whether a name stands for the uncertainty of another column: `yerr`, `sigma_y`, `Unsicherheit`.
pub fn is_uncertainty(name: &str) -> bool {
    let plain = plain(name);
    let parts = || plain.split(' ');
    parts().any(|part| {
        ["err", "uncert", "unsicher", "incert", "sigma", "stdev"].iter().any(|word| part.starts_with(word))
            || (part.ends_with("err") && part.len() > 3)
    })
}

/// Of what a name is the uncertainty: y of `yerr`, `sigma_y` and `y error`, in small letters; empty where the name does not say.
pub fn uncertain(name: &str) -> Option<String> {
    let plain = plain(name);
    let told = |part: &&str| !is_uncertainty(part) && !matches!(*part, "of" | "von" | "de" | "in" | "standard" | "abs");
    let joined = plain.split(' ').filter(|part| is_uncertainty(part)).find_map(|part| part.strip_suffix("err"));
    let rest = plain.split(' ').filter(told).chain(joined).collect::<Vec<_>>().join(" ");
    is_uncertainty(&plain).then_some(rest)
}

/// Whether a name stands for the size of a vector or the uncertainty of another column, whatever its unit: never a coordinate.
pub fn is_size(name: &str) -> bool {
    let starts = ["absol", "betrag", "magnitud", "modul", "módul", "norm", "total", "绝对", "絶対", "절대"];
    is_uncertainty(name) || plain(name).split(' ').any(|part| starts.iter().any(|word| part.starts_with(word)))
}

/// Whether a name is that of an angle.
pub fn is_angle(name: &str) -> bool {
    let starts = ["theta", "θ", "angl", "angul", "winkel", "áng", "âng", "angol", "phi", "φ", "alpha", "α", "角", "각"];
    plain(name).split(' ').any(|part| starts.iter().any(|word| part.starts_with(word)))
}

/// Small letters, single spaces, without the marks that programs put between the parts of a name.
pub(crate) fn plain(name: &str) -> String {
    let cleared: String =
        name.chars().map(|c| if "_-.'{}^,\\$|".contains(c) { ' ' } else { c }).collect::<String>().to_lowercase();
    cleared.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn split_axis(plain: &str) -> (String, Option<char>) {
    let parts: Vec<&str> = plain.split(' ').collect();
    let letter = |part: &&str| matches!(*part, "x" | "y" | "z");
    if let Some(at) = parts.iter().rposition(letter) {
        let axis = parts[at].chars().next();
        // A position is called by its axis alone.
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| *part).collect();
        return (if rest.is_empty() { "x".to_owned() } else { rest.join(" ") }, axis);
    }
    match plain {
        "vx" | "vy" | "vz" | "ax" | "ay" | "az" | "px" | "py" => (plain[..1].to_owned(), plain.chars().nth(1)),
        _ => (plain.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_in_the_languages_of_the_programs() {
        for (meaning_of, names) in [
            (Meaning::Time, "Time|t|Zeit t|Temps|Tiempo|Tempo|時間|时间|시간|Elapsed Time|time_ms|millis"),
            (
                Meaning::Position,
                "Angle|theta|Winkel α|Angle θ|Ángulo|Angolo|Ângulo|角度|각도|Position|Posición|Posizione|Posição|位置|위치|位移|Déplacement|x|Weg|\
                 Abstand|Distance|angle_deg|y",
            ),
            (
                Meaning::Velocity,
                "Angular Velocity|omega|Winkelgeschwindigkeit ω|Vitesse|Velocidad|Velocità|Velocidade|速度|角速度|속도|각속도|v_{x}|vx|Gyroscope y|\
                 Drehrate z|Geschwindigkeit|RATE|p|dx/dt",
            ),
            (
                Meaning::Acceleration,
                "Angular Acceleration|Linear Acceleration x|Beschleunigung|Winkelbeschleunigung|Accélération|Aceleración|加速度|角加速度|가속도|ax|a_x",
            ),
            (
                Meaning::Other,
                "Force|Kraft F|Fuerza|Absolute|Absolute acceleration|Betrag|力|yerr|x_error|Temperature|Spannung U|Energie",
            ),
            (Meaning::Trial, "Trial|Run|Versuch|Essai|track"),
            (Meaning::Index, "frame|#|n|Nr.|Index"),
            (Meaning::Unknown, "blah|hum|b|pot-1"),
        ] {
            for name in names.split('|').map(str::trim) {
                assert_eq!(meaning(name), meaning_of, "{name}");
            }
        }
    }

    #[test]
    fn an_axis_is_found_wherever_it_stands() {
        assert_eq!(
            (axis("v_{x}"), axis("vy"), axis("Gyroscope z"), axis("x-velocity")),
            (Some('x'), Some('y'), Some('z'), Some('x'))
        );
        assert_eq!((axis("theta"), axis("max"), without_axis("Gyroscope z")), (None, None, "gyroscope".to_owned()));
    }
}

//! Shorthands for entries of the table, one for each way a setting lives in an experiment.

macro_rules! number {
    ($key:literal, $label:literal, $help:literal, $group:ident, $min:expr, $max:expr, $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: false,
            get: |e| Some(e.$($path).+),
            set: |e, x| e.$($path).+ = x,
        } }
    };
    ($key:literal, $label:literal, $help:literal, $group:ident, $min:expr, $max:expr, $($path:ident).+ as $whole:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: true,
            get: |e| Some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $whole,
        } }
    };
}

/// A setting of simulated data only.
macro_rules! of_simulations {
    ($key:literal, $label:literal, $help:literal, ($min:expr, $max:expr, $whole:expr), $($path:ident).+ as $type:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::Data, kind: Kind::Number {
            min: $min, max: $max, whole: $whole,
            get: |e| e.field.is_simulated().then_some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $type,
        } }
    };
}

/// A setting of simulated systems of which a condition holds.
macro_rules! of_systems {
    ($condition:expr, $key:literal, $label:literal, $help:literal, $group:ident, ($min:expr, $max:expr, $whole:expr), $($path:ident).+ as $type:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: $whole,
            get: |e| $condition(&e.field.system).then_some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $type,
        } }
    };
}

/// A setting of films only.
macro_rules! of_films {
    ($key:literal, $label:literal, $help:literal, $group:ident, $min:expr, $max:expr, $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: true,
            get: |e| e.field.film_recipe().map(|_| e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as usize,
        } }
    };
}

/// A coordinate of the shown start, where phase space is a plane.
macro_rules! of_planes {
    ($key:literal, $label:literal, $help:literal, $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::View, kind: Kind::Number {
            min: -6.0, max: 6.0, whole: false,
            get: |e| (e.field.system.is_planar() && e.field.recording.is_none()).then_some(e.$($path).+),
            set: |e, x| e.$($path).+ = x,
        } }
    };
}

macro_rules! choice {
    ($key:literal, $label:literal, $help:literal, $group:ident, [$($value:expr => $name:literal, $words:expr);+ $(;)?], $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Choice {
            options: &[$(($name, $words)),+],
            get: |e| [$($value),+].iter().position(|value| *value == e.$($path).+),
            set: |e, i| e.$($path).+ = [$($value),+][i],
        } }
    };
}

/// The place of a value among options.
pub(super) fn place<T: PartialEq>(options: &[T], chosen: T) -> usize {
    options.iter().position(|option| *option == chosen).unwrap_or_default()
}

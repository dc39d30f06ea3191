//! Claims about the house that the compiler does not check: which libraries programs link, circles of modules, lengths of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules that only list others: each of those counts by itself.
const LISTS: [&str; 1] = ["pages"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of each crate, the page's among them.
fn crates() -> Vec<(String, PathBuf)> {
    let mut all = vec![("orrery".to_owned(), root().join("src"))];
    for entry in fs::read_dir(root().join("crates")).expect("a folder of the project") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        all.push((name, folder.join("src")));
    }
    assert!(all.len() > 8, "only {} crates were found", all.len());
    all
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The module that a path within a crate belongs to: its first part, or its first two in a module that only lists others.
fn module<'a>(src: &Path, mut parts: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = parts.next()?;
    let second = parts.next().filter(|second| LISTS.contains(&first) && src.join(first).join(second).is_dir());
    Some(second.map_or_else(|| first.to_owned(), |second| format!("{first}::{second}")))
}

/// The parts of every path of a source that begins with `crate`.
fn paths(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let starts = code.flat_map(|line| line.match_indices("crate::").map(move |(at, start)| &line[at + start.len()..]));
    starts.map(|path| {
        let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(path.len());
        path[..end].split("::").collect()
    })
}

/// Modules of a crate, and those that each imports.
fn imports(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut imports = BTreeMap::<String, BTreeSet<String>>::new();
    for file in sources(src) {
        let inside = file.strip_prefix(src).expect("below src").with_extension("");
        let Some(module_of_file) = module(src, inside.iter().map(|part| part.to_str().expect("a name"))) else {
            continue;
        };
        // In a program, `crate` is the program itself; the root of a library may use all of it.
        if ["lib", "main", "bin"].contains(&module_of_file.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("text");
        let others = paths(&text).filter_map(|path| module(src, path.into_iter()));
        imports.entry(module_of_file.clone()).or_default().extend(others.filter(|other| *other != module_of_file));
    }
    // What is imported from the root of a crate, such as a macro or a constant, is no module.
    let known: BTreeSet<String> = imports.keys().cloned().collect();
    imports.values_mut().for_each(|others| others.retain(|other| known.contains(other)));
    imports
}

#[test]
fn no_modules_of_a_crate_import_one_another_in_a_circle() {
    let mut read = 0;
    for (name, src) in crates() {
        let mut open = imports(&src);
        read += open.values().map(BTreeSet::len).sum::<usize>();
        // Whatever imports nothing that is still open is taken away; what is left in the end imports itself.
        loop {
            let names: BTreeSet<String> = open.keys().cloned().collect();
            open.retain(|_, others| others.iter().any(|other| names.contains(other)));
            if open.len() == names.len() {
                break;
            }
        }
        assert!(open.is_empty(), "in {name} these import one another in a circle: {:?}", open.keys());
    }
    assert!(read > 20, "only {read} imports were read");
}

#[test]
fn pages_know_neither_one_another_nor_the_shell() {
    let imports = imports(&root().join("src"));
    let pages: Vec<_> = imports.iter().filter(|(name, _)| name.starts_with("pages::")).collect();
    assert!(pages.len() >= 5, "only {pages:?} were found");
    for (page, others) in pages {
        let aliens: Vec<_> = others.iter().filter(|other| other.starts_with("pages") || *other == "shell").collect();
        assert!(aliens.is_empty(), "{page} imports {aliens:?}");
        assert!(others.contains("session"), "{page} imports {others:?}");
    }
    // What is shown comes into a component from outside, and what a visitor does goes out.
    for (module, may) in [("components", &["drawing", "words"][..]), ("drawing", &[]), ("words", &[])] {
        let others: Vec<_> = imports[module].iter().filter(|other| !may.contains(&other.as_str())).collect();
        assert!(others.is_empty(), "{module} imports {others:?}");
    }
}

#[test]
fn colours_are_written_in_the_palette_alone() {
    let src = root().join("src");
    let palette = src.join("drawing/palette.rs");
    let literal = |text: &str| {
        text.match_indices("RGBColor(")
            .any(|(at, name)| text[at + name.len()..].starts_with(|c: char| c.is_ascii_digit()))
    };
    assert!(literal(&fs::read_to_string(&palette).expect("text")));
    for file in sources(&src).into_iter().filter(|file| *file != palette) {
        let text = fs::read_to_string(&file).expect("text");
        assert!(!literal(&text), "{} has a colour of its own", file.display());
    }
    // In the style sheet they are variables, which all else names.
    let style = fs::read_to_string(root().join("www/style.css")).expect("text");
    for line in style.lines().filter(|line| !line.trim_start().starts_with("--")) {
        let hex = line.split('#').skip(1).any(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count() >= 3);
        assert!(!hex && !line.contains("rgb(") && !line.contains("rgba("), "a colour of its own: {line}");
    }
}

#[test]
fn every_file_opens_with_what_it_is_for_and_is_no_longer_than_can_be_read() {
    for file in crates().iter().flat_map(|(_, src)| sources(src)) {
        let text = fs::read_to_string(&file).expect("text");
        assert!(text.starts_with("//! "), "{} opens without a purpose", file.display());
        assert!(text.lines().count() <= 350, "{} is too long", file.display());
    }
}

/// Crates that a program of ours is built from, in a browser.
fn built_from(package: &[&str], features: &str) -> String {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--target", "wasm32-unknown-unknown"])
        .args(package)
        .args(["--no-default-features", "--features", features])
        .current_dir(root())
        .output()
        .expect("cargo tree");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).expect("text")
}

/// A worker of these features.
fn worker_built_from(features: &str) -> String {
    built_from(&["--package", "orrery-worker"], features)
}

#[test]
fn page_and_cpu_workers_link_neither_burn_nor_a_gpu_library() {
    // Trunk names no package when it builds the page, so what other members ask of the crates they share counts as well.
    for package in [&["--package", "orrery"][..], &[]] {
        let page = built_from(package, "page");
        assert!(page.lines().any(|line| line.starts_with("yew ")));
        for engine in ["burn", "cubecl", "wgpu", "gemm"] {
            assert!(!page.lines().any(|line| line.starts_with(engine)), "the page links {engine}");
        }
    }
    for worker in ["search", "cpu", "files"] {
        let tree = worker_built_from(worker);
        for alien in ["burn", "cubecl", "wgpu", "gemm", "yew"] {
            assert!(!tree.lines().any(|line| line.starts_with(alien)), "the worker {worker} links {alien}");
        }
    }
    // The same question finds the library where it is.
    assert!(worker_built_from("gpu").lines().any(|line| line.starts_with("cubecl-wgpu ")));
}

#[test]
fn the_crates_of_the_card_are_used() {
    let sources: String =
        crates().iter().flat_map(|(_, src)| sources(src)).map(|file| fs::read_to_string(file).expect("text")).collect();
    for name in ["yew", "wasm_bindgen", "web_sys", "js_sys", "cubecl", "plotters", "plotters_canvas"] {
        assert!(sources.contains(&format!("{name}::")), "{name} is a dependency that nothing uses");
    }
}

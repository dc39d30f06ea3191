//! Claims about the house that the compiler does not check: which libraries programs link, circles of modules, lengths of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates in which modules import one another in a circle: their top-level modules are not asked.
const CIRCULAR: [&str; 2] = ["data", "orrery"];

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

/// Top-level modules of a crate, and those that each imports.
fn imports(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut imports = BTreeMap::<String, BTreeSet<String>>::new();
    for file in sources(src) {
        let inside = file.strip_prefix(src).expect("below src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = first.trim_end_matches(".rs").to_owned();
        // In a program, `crate` is the program itself; the root of a library may use all of it.
        if ["lib", "main", "bin"].contains(&module.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("text");
        let others = text.lines().filter_map(|line| line.trim().strip_prefix("use crate::"));
        let others = others.filter_map(|path| path.split_once("::")).map(|(other, _)| other.to_owned());
        imports.entry(module.clone()).or_default().extend(others.filter(|other| *other != module));
    }
    imports
}

#[test]
fn no_modules_of_a_crate_import_one_another_in_a_circle() {
    let mut read = 0;
    for (name, src) in crates() {
        let mut open = imports(&src);
        read += open.values().map(BTreeSet::len).sum::<usize>();
        if CIRCULAR.contains(&name.as_str()) {
            continue;
        }
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
    for worker in ["search", "graph", "worker,cpu"] {
        let tree = worker_built_from(worker);
        for alien in ["burn", "cubecl", "wgpu", "gemm", "yew"] {
            assert!(!tree.lines().any(|line| line.starts_with(alien)), "the worker {worker} links {alien}");
        }
    }
    // The same question finds Burn where it is.
    assert!(worker_built_from("worker,gpu").lines().any(|line| line.starts_with("burn-wgpu ")));
}

#[test]
fn the_crates_of_the_card_are_used() {
    let sources: String =
        crates().iter().flat_map(|(_, src)| sources(src)).map(|file| fs::read_to_string(file).expect("text")).collect();
    for name in ["yew", "wasm_bindgen", "web_sys", "js_sys", "burn", "burn_wgpu", "plotters", "plotters_canvas"] {
        assert!(sources.contains(&format!("{name}::")), "{name} is a dependency that nothing uses");
    }
}

//! Claims about the house: who may import whom.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in reading order: each imports only from itself and those before it.
const ROOMS: [&str; 23] = [
    "seed",
    "statistics",
    "physics",
    "measured",
    "molecules",
    "worlds",
    "messages",
    "symbolic",
    "learned",
    "pixels",
    "graph",
    "experiment",
    "protocol",
    "kernel",
    "models",
    "training",
    "mailbox",
    "worker",
    "searcher",
    "grapher",
    "supervisor",
    "ui",
    "bin",
];

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

/// The place of the room a file or an import belongs to.
fn place(room: &str) -> usize {
    ROOMS.iter().position(|known| *known == room).unwrap_or_else(|| panic!("{room} has no place in the reading order"))
}

#[test]
fn no_room_imports_from_a_later_one() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut imports = 0;
    for file in sources(&src) {
        let inside = file.strip_prefix(&src).expect("below src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs");
        // In a program, `crate` is the program itself.
        if room == "lib" || room == "bin" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("text");
        for import in text.lines().filter_map(|line| line.trim().strip_prefix("use crate::")) {
            let other = import.split("::").next().unwrap_or(import);
            assert!(place(other) <= place(room), "{} imports from {other}", inside.display());
            imports += 1;
        }
    }
    assert!(imports > 20, "only {imports} imports were read");
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&file).expect("text");
        assert!(text.starts_with("//! "), "{} opens without a purpose", file.display());
        assert!(text.lines().count() <= 350, "{} is too long for one room", file.display());
    }
}

/// Crates that a program of ours is built from, in a browser.
fn built_from(features: &str) -> String {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--target", "wasm32-unknown-unknown"])
        .args(["--no-default-features", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo tree");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).expect("text")
}

#[test]
fn page_search_and_graph_trainer_link_neither_burn_nor_a_gpu_library() {
    let page = built_from("page");
    for engine in ["burn", "cubecl", "wgpu", "gemm"] {
        assert!(!page.lines().any(|line| line.starts_with(engine)), "the page links {engine}");
    }
    for worker in ["search", "graph"] {
        let tree = built_from(worker);
        for alien in ["burn", "cubecl", "wgpu", "gemm", "yew"] {
            assert!(!tree.lines().any(|line| line.starts_with(alien)), "the worker {worker} links {alien}");
        }
    }
    // The same question finds Burn where it is.
    assert!(built_from("worker,cpu").lines().any(|line| line.starts_with("burn-flex ")));
}

#[test]
fn the_cpu_engine_links_no_gpu_library() {
    let engine = built_from("worker,cpu");
    assert!(!engine.lines().any(|line| line.starts_with("cubecl-wgpu") || line.starts_with("wgpu")));
}

#[test]
fn the_crates_of_the_card_are_used() {
    let sources: String = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .iter()
        .map(|file| fs::read_to_string(file).expect("text"))
        .collect();
    for name in ["yew", "wasm_bindgen", "web_sys", "js_sys", "burn", "burn_wgpu", "plotters", "plotters_canvas"] {
        assert!(sources.contains(&format!("{name}::")), "{name} is a dependency that nothing uses");
    }
}

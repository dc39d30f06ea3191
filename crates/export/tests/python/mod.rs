//! The Python that runs what was written.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Python with NumPy, SciPy, safetensors, onnx and onnxruntime, as `tools/install.sh python` sets it up; `None`, and a
/// sentence, where there is none. `ORRERY_PYTHON` names another.
pub fn python() -> Option<PathBuf> {
    let usual = || {
        let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
        Some(cache.join("orrery/python/bin/python"))
    };
    let path = std::env::var_os("ORRERY_PYTHON").map(PathBuf::from).or_else(usual)?;
    let asked = Command::new(&path).args(["-c", "import numpy, scipy, safetensors, onnx, onnxruntime"]).output();
    if asked.is_ok_and(|output| output.status.success()) {
        return Some(path);
    }
    assert!(std::env::var_os("ORRERY_PYTHON").is_none(), "{} lacks what the tests need", path.display());
    eprintln!("Skipped: there is no Python with what this test needs. tools/install.sh python sets it up.");
    None
}

/// Runs a script; what it says where it fails.
pub fn run(python: &Path, script: &Path, argument: &Path) -> String {
    let Output { status, stdout, stderr } =
        Command::new(python).arg(script).arg(argument).current_dir(argument).output().expect("Python starts");
    let (said, complained) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{}: {said}\n{complained}", script.display());
    said.into_owned()
}

/// An empty folder for a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

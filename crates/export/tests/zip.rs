//! ZIP files, read by Python's own library.

mod python;

use export::files::File;
use export::zip::zip;
use std::fs;

#[test]
fn a_zip_file_is_read_elsewhere_with_all_that_is_in_it() {
    let Some(python) = python::python() else { return };
    let folder = python::folder("zip");
    let files = [
        File::new("empty.txt", ""),
        File::new("θ.csv", "q,p\n1,2\n"),
        File::new("weights", (0..100_000u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>()),
    ];
    fs::write(folder.join("all.zip"), zip(&files)).expect("a file");
    let script = folder.join("read.py");
    let text = "import sys, zipfile\nwith zipfile.ZipFile('all.zip') as z:\n    assert z.testzip() is None\n    \
                print([(i.filename, i.file_size) for i in z.infolist()])\n    z.extractall('out')\n";
    fs::write(&script, text).expect("a file");
    let said = python::run(&python, &script, &folder);
    assert_eq!(said.trim(), "[('empty.txt', 0), ('θ.csv', 8), ('weights', 400000)]");
    for File { name, bytes } in &files {
        assert_eq!(fs::read(folder.join("out").join(name)).expect("a file"), *bytes, "{name}");
    }
}

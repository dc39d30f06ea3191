//! Files in one ZIP file, not compressed: weights do not shrink, and the page need not carry a compressor.
//!
//! PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4. Written here: the usual library brings every method of compression along.

use crate::files::File;

/// 1 January 1980: the files know no time.
const DATE: u16 = 0x21;
/// Version 2.0 is needed to read it; names are UTF-8.
const VERSION: u16 = 20;
const UTF8: u16 = 0x0800;

/// The bytes of the ZIP file.
pub fn zip(files: &[File]) -> Vec<u8> {
    let (mut bytes, mut directory) = (vec![], vec![]);
    for File { name, bytes: content } in files {
        let offset = bytes.len() as u32;
        let entry = entry(name, content);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&entry);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&entry);
        // No comment, the first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (count, start, size) = (files.len() as u16, bytes.len() as u32, directory.len() as u32);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&[count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend_from_slice(&[size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// What the two headers of a file have in common: from the version to the length of the extra field.
fn entry(name: &str, content: &[u8]) -> Vec<u8> {
    let words: [u16; 5] = [VERSION, UTF8, 0, 0, DATE];
    let sizes = [checksum(content), content.len() as u32, content.len() as u32];
    let mut bytes: Vec<u8> = words.into_iter().flat_map(u16::to_le_bytes).collect();
    bytes.extend(sizes.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// CRC-32 of ISO 3309.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |rest: u32, _| if rest & 1 == 1 { (rest >> 1) ^ 0xedb8_8320 } else { rest >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::checksum;

    /// The check value of the catalogue of parametrised CRC algorithms.
    #[test]
    fn the_checksum_is_that_of_the_catalogue() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }
}

//! The cases of a packed data file (`.zsav`): blocks that zlib packed, with a
//! list of them behind the last. Unpacked, they are the bytes of a `.sav`.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::Unreadable;
use super::bytes::Bytes;

/// The largest block that is unpacked, in bytes. SPSS writes 4,190,208.
const BLOCK: usize = 1 << 26;

/// Unpacks all blocks; `bytes` stands behind the dictionary.
///
/// # Errors
/// The list of blocks is not where the file says, or a block is not whole.
pub(super) fn unpack(bytes: &mut Bytes<'_>) -> Result<Vec<u8>, Unreadable> {
    let start = bytes.at();
    let (header, list, length) = (bytes.place()?, bytes.place()?, bytes.place()?);
    if header != start {
        return Err(Unreadable("its packed cases do not begin where it says".to_owned()));
    }
    let mut list = bytes.from(list)?;
    list.take(16)?;
    list.take(4)?;
    let blocks = list.count()?;
    if blocks.checked_mul(24).and_then(|all| all.checked_add(24)) != Some(length) {
        return Err(Unreadable(format!("its list of {blocks} packed blocks has another length")));
    }
    let mut all = vec![];
    for number in 1..=blocks {
        list.take(8)?;
        let at = list.place()?;
        let (whole, packed) = (list.count()?, list.count()?);
        if BLOCK < whole {
            return Err(Unreadable(format!("its packed block {number} is too large")));
        }
        let before = all.len();
        let block = bytes.from(at)?.take(packed)?;
        // A byte more than announced would show.
        let limit = u64::try_from(whole + 1).unwrap_or(u64::MAX);
        let read = ZlibDecoder::new(block).take(limit).read_to_end(&mut all);
        if read.is_err() || all.len() - before != whole {
            return Err(Unreadable(format!("its packed block {number} cannot be unpacked")));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A file of two packed blocks, after 100 bytes of something.
    fn file(sizes: [i32; 2]) -> Vec<u8> {
        let pack = |text: &[u8]| {
            let mut encoder = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::new(6));
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        let blocks = [pack(&[b'a'; 50]), pack(&[b'b'; 7])];
        let mut file = vec![0; 100];
        file[64] = 2;
        let start = i64::try_from(file.len()).unwrap();
        let length = |block: &Vec<u8>| i64::try_from(block.len()).unwrap();
        let list = start + 24 + length(&blocks[0]) + length(&blocks[1]);
        let mut places = vec![];
        let mut at = start + 24;
        for (block, size) in blocks.iter().zip(sizes) {
            places.extend([0i64.to_le_bytes(), at.to_le_bytes()].concat());
            places.extend(size.to_le_bytes());
            places.extend(i32::try_from(block.len()).unwrap().to_le_bytes());
            at += length(block);
        }
        file.extend([start, list, 24 + 48].map(i64::to_le_bytes).concat());
        file.extend(blocks.concat());
        file.extend([-100i64, 0].map(i64::to_le_bytes).concat());
        file.extend([0x003f_f000i32, 2].map(i32::to_le_bytes).concat());
        file.extend(places);
        file
    }

    #[test]
    fn blocks_are_put_together_and_false_sizes_told() {
        let unpacked = |sizes: [i32; 2], cut: usize| {
            let file = file(sizes);
            let mut bytes = Bytes::new(&file[..file.len() - cut]).unwrap();
            bytes.take(100).unwrap();
            unpack(&mut bytes)
        };
        let all = [[b'a'; 50].as_slice(), &[b'b'; 7]].concat();
        assert_eq!(unpacked([50, 7], 0), Ok(all));
        for (sizes, cut) in
            [([49, 7], 0), ([50, 8], 0), ([50, -1], 0), ([i32::MAX, 7], 0), ([50, 7], 9)]
        {
            assert!(unpacked(sizes, cut).is_err(), "{sizes:?} {cut}");
        }
    }
}

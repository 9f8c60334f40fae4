/// What four bits do to the checksum. Sixteen entries: the usual 256 would be a kilobyte of a page's transfer.
const TABLE: [u32; 16] = table();

/// CRC-32 of `data` with zlib's polynomial and bit order.
///
/// librdkafka: `rd_crc32` (2.16.0). Sarama: `crc32.NewIEEE` in `NewConsistentCRCHashPartitioner` (1.61.1).
pub fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| four_bits(four_bits(crc ^ u32::from(*byte))))
}

fn four_bits(crc: u32) -> u32 {
    crc >> 4 ^ TABLE[crc as usize & 15]
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let (mut crc, mut bit) = (index as u32, 0);
        while bit < 4 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::crc32;

    /// The function's check value, and others that are printed wherever it is described.
    #[test]
    fn agrees_with_zlib() {
        for (key, crc) in [("", 0), ("123456789", 0xcbf4_3926), ("a", 0xe8b7_be43), ("abc", 0x3524_41c2)] {
            assert_eq!(crc32(key.as_bytes()), crc, "{key:?}");
        }
    }
}

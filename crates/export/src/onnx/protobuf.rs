//! The few kinds of protocol buffer fields that an ONNX file consists of.
//!
//! Written here rather than by a library: reading needs a schema and generated code, writing needs these thirty lines, and the
//! file is checked by ONNX's own checker and run by onnxruntime in the tests.

/// A message under construction.
#[derive(Clone, Debug, Default)]
pub struct Message(Vec<u8>);

/// Wire types of fields.
const VARINT: u64 = 0;
const LENGTH: u64 = 2;

impl Message {
    /// Without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// A whole number; negative ones take ten bytes.
    pub fn int(mut self, field: u64, value: i64) -> Self {
        self.varint(field << 3 | VARINT);
        self.varint(value as u64);
        self
    }

    /// Bytes, or text in UTF-8.
    pub fn bytes(mut self, field: u64, value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref();
        self.varint(field << 3 | LENGTH);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    /// A message within this one.
    pub fn message(self, field: u64, value: Message) -> Self {
        self.bytes(field, value.0)
    }

    /// Each of some messages, in order.
    pub fn messages(self, field: u64, values: impl IntoIterator<Item = Message>) -> Self {
        values.into_iter().fold(self, |message, value| message.message(field, value))
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    fn varint(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    /// The examples of the protocol buffers' own documentation of the encoding.
    #[test]
    fn numbers_text_and_messages_are_encoded_as_documented() {
        assert_eq!(Message::new().int(1, 150).finish(), [0x08, 0x96, 0x01]);
        assert_eq!(Message::new().bytes(2, "testing").finish(), b"\x12\x07testing");
        let inner = Message::new().int(1, 150);
        assert_eq!(Message::new().message(3, inner).finish(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        assert_eq!(Message::new().int(1, -1).finish()[1..], [0xff; 9].into_iter().chain([1]).collect::<Vec<u8>>());
    }
}

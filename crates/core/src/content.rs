//! What a device seals: one text, or one to ten files. `docs/envelope.md` specifies the bytes.

use crate::sensitive::{SensitiveBytes, SensitiveText};
use std::fmt;

/// Most files of a content.
pub const MAX_FILES: usize = 10;
/// Longest name of a file, in bytes of UTF-8.
pub const MAX_NAME: usize = 255;
/// Longest media type, in bytes.
pub const MAX_MEDIA_TYPE: usize = 127;

/// Bytes that a text becomes longer by encoding.
pub const TEXT_OVERHEAD: usize = 1;
/// Most bytes that files become longer by encoding.
pub const FILES_OVERHEAD: usize = 2 + MAX_FILES * (2 + MAX_NAME + 1 + MAX_MEDIA_TYPE + 8);

/// Bytes of the shortest files: one, without content, media type, and with a name of one character.
pub const LEAST_FILES: usize = 2 + 2 + 1 + 1 + 8;

const TEXT: u8 = 0;
const FILES: u8 = 1;

/// A content, for its one reader.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(SensitiveText),
    /// Files, in the sender's order.
    Files(Vec<File>),
}

/// A file as its sender named it. **The name is a claim**: who saves it makes it safe first.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Name.
    pub name: String,
    /// Media type (RFC 6838), or nothing.
    pub media_type: String,
    /// Bytes.
    pub bytes: SensitiveBytes,
}

/// Why a content cannot be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadContent {
    /// None, or too many.
    #[error("{0} files; a secret holds 1 to {MAX_FILES}")]
    Count(usize),
    /// Empty, or too long.
    #[error("the file name {0:?} is empty or longer than {MAX_NAME} bytes")]
    Name(String),
    /// Too long.
    #[error("the media type of {0:?} is longer than {MAX_MEDIA_TYPE} bytes")]
    MediaType(String),
}

/// The bytes are no content that this release knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the content is of a kind that this release does not know")]
pub struct UnknownContent;

impl Content {
    /// The bytes: kind (1), then the text; or number of files (1), and for each of them length (2) and name, length (1)
    /// and media type, length (8) and bytes. Numbers are big-endian.
    ///
    /// # Errors
    /// A number or length that does not fit.
    pub fn encode(&self) -> Result<SensitiveBytes, BadContent> {
        match self {
            Self::Text(text) => {
                let mut bytes = Vec::with_capacity(TEXT_OVERHEAD + text.expose().len());
                bytes.push(TEXT);
                bytes.extend_from_slice(text.expose().as_bytes());
                Ok(bytes.into())
            }
            Self::Files(files) => encode_files(files),
        }
    }

    /// The content of some bytes. Names are not judged.
    ///
    /// # Errors
    /// The bytes are no content.
    pub fn decode(bytes: &[u8]) -> Result<Self, UnknownContent> {
        match bytes.split_first() {
            Some((&TEXT, text)) => {
                let text = str::from_utf8(text).map_err(|_| UnknownContent)?;
                Ok(Self::Text(text.to_owned().into()))
            }
            Some((&FILES, files)) => decode_files(files).ok_or(UnknownContent),
            Some(_) | None => Err(UnknownContent),
        }
    }

    /// Bytes of the text, or of all files together.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Text(text) => text.expose().len() as u64,
            Self::Files(files) => files.iter().map(|file| file.bytes.expose().len() as u64).sum(),
        }
    }
}

fn encode_files(files: &[File]) -> Result<SensitiveBytes, BadContent> {
    let count = u8::try_from(files.len()).ok().filter(|count| (1..=MAX_FILES).contains(&usize::from(*count)));
    let count = count.ok_or(BadContent::Count(files.len()))?;
    let length: usize = files.iter().map(|file| file.bytes.expose().len()).sum();
    // At once, because what is moved to a larger place leaves a copy behind.
    let mut bytes = Vec::with_capacity(FILES_OVERHEAD + length);
    bytes.extend_from_slice(&[FILES, count]);
    for file in files {
        let name = u16::try_from(file.name.len()).ok();
        let name = name.filter(|length| (1..=MAX_NAME).contains(&usize::from(*length)));
        let name = name.ok_or_else(|| BadContent::Name(file.name.clone()))?;
        let media_type = u8::try_from(file.media_type.len()).ok();
        let media_type = media_type.filter(|length| usize::from(*length) <= MAX_MEDIA_TYPE);
        let media_type = media_type.ok_or_else(|| BadContent::MediaType(file.name.clone()))?;
        bytes.extend_from_slice(&name.to_be_bytes());
        bytes.extend_from_slice(file.name.as_bytes());
        bytes.push(media_type);
        bytes.extend_from_slice(file.media_type.as_bytes());
        bytes.extend_from_slice(&(file.bytes.expose().len() as u64).to_be_bytes());
        bytes.extend_from_slice(file.bytes.expose());
    }
    Ok(bytes.into())
}

fn decode_files(bytes: &[u8]) -> Option<Content> {
    let (&count, mut rest) = bytes.split_first()?;
    if !(1..=MAX_FILES).contains(&usize::from(count)) {
        return None;
    }
    let mut files = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let name = usize::from(u16::from_be_bytes(*take_array(&mut rest)?));
        let name = text(take(&mut rest, name)?)?;
        let media_type = usize::from(u8::from_be_bytes(*take_array(&mut rest)?));
        let media_type = text(take(&mut rest, media_type)?)?;
        if !(1..=MAX_NAME).contains(&name.len()) || media_type.len() > MAX_MEDIA_TYPE {
            return None;
        }
        let length = usize::try_from(u64::from_be_bytes(*take_array(&mut rest)?)).ok()?;
        let bytes = take(&mut rest, length)?.to_vec().into();
        files.push(File { name, media_type, bytes });
    }
    rest.is_empty().then_some(Content::Files(files))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn take_array<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (taken, left) = rest.split_first_chunk()?;
    *rest = left;
    Some(taken)
}

fn text(bytes: &[u8]) -> Option<String> {
    str::from_utf8(bytes).ok().map(ToOwned::to_owned)
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Content")
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("File")
    }
}

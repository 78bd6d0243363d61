//! Reading request bodies: bounded in size, in time, and together.

use axum::body::Body;
use axum::body::{Bytes, HttpBody};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a body may take, beside what its length takes at [`SLOWEST`].
const TIME: Duration = Duration::from_mins(1);
/// How long nothing may come.
const IDLE: Duration = Duration::from_secs(30);
/// Bytes a second that a slow line still manages: 512 kbit/s.
const SLOWEST: u64 = 64 * 1024;
/// What is read and thrown away of a body that is too large, so that its sender reads our answer.
const DRAIN: usize = 64 * 1024 * 1024;
/// Bodies up to this size are not counted against the uploads.
const SMALL: usize = 64 * 1024;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// More than the limit.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// It broke off, or its framing did.
    Broken,
    /// Too much is being read already.
    Busy,
}

/// A body, and what it counts against the uploads while it is worked on.
type Read = (Bytes, Option<OwnedSemaphorePermit>);

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read(body: Body, limit: usize, uploads: &Arc<Semaphore>) -> Result<Read, BodyError> {
    if body.is_end_stream() {
        return Ok((Bytes::new(), None));
    }
    let length = body.size_hint().upper().unwrap_or(u64::MAX).min(limit as u64);
    let time = TIME + Duration::from_secs(length / SLOWEST);
    timeout(time, collect(body, limit, uploads)).await.unwrap_or(Err(BodyError::TooSlow))
}

async fn collect(mut body: Body, limit: usize, uploads: &Arc<Semaphore>) -> Result<Read, BodyError> {
    let mut first = Bytes::new();
    let mut all = Vec::new();
    let expected = body.size_hint().exact().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut counted: Option<OwnedSemaphorePermit> = None;
    while let Some(frame) = timeout(IDLE, body.frame()).await.map_err(|_| BodyError::TooSlow)? {
        let Ok(data) = frame.map_err(|_| BodyError::Broken)?.into_data() else {
            continue;
        };
        let length = first.len() + all.len() + data.len();
        if length > limit {
            // What was read so far is of no use, and others may need its place.
            drop((first, all, counted));
            return Err(drain(body, length).await);
        }
        // Nearly all bodies are one frame, which needs no copy.
        if first.is_empty() && all.is_empty() {
            first = data;
            continue;
        }
        if all.is_empty() {
            // At once, because a buffer that grows is twice there meanwhile. Memory comes as it is written to.
            all.reserve_exact(expected.min(limit));
        }
        if length > SMALL {
            count(&mut counted, length, uploads)?;
        }
        all.extend_from_slice(&std::mem::take(&mut first));
        all.extend_from_slice(&data);
    }
    Ok((if all.is_empty() { first } else { all.into() }, counted))
}

/// Counts what was read so far against the uploads, until the body was read.
fn count(
    counted: &mut Option<OwnedSemaphorePermit>,
    length: usize,
    uploads: &Arc<Semaphore>,
) -> Result<(), BodyError> {
    let more = length - counted.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
    let more = u32::try_from(more).map_err(|_| BodyError::Busy)?;
    let permit = Arc::clone(uploads).try_acquire_many_owned(more).map_err(|_| BodyError::Busy)?;
    match counted {
        Some(counted) => counted.merge(permit),
        None => *counted = Some(permit),
    }
    Ok(())
}

async fn drain(mut body: Body, mut length: usize) -> BodyError {
    let rest = async {
        while length < DRAIN {
            match body.frame().await {
                Some(Ok(frame)) => length += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => break,
            }
        }
    };
    // A sender that is not done by then does not read our answer either.
    let _ = timeout(IDLE, rest).await;
    BodyError::TooLarge
}

//! JSON answers: compact, UTF-8, nothing escaped that need not be.

use super::Answer;
use crate::limit::Place;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use hyper::body::{Frame, SizeHint};
use serde::Serialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// An answer with a JSON body.
pub(crate) fn answer<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    of(status, Body::from(encode(body)))
}

/// An answer with a JSON body that has a place in memory until it was sent. Takes the body, so that its text is not
/// twice there for as long as the reader takes.
pub(crate) fn answer_in_place<T: Serialize>(status: StatusCode, body: T, place: Place) -> Answer {
    let rest = Bytes::from(encode(&body));
    drop(body);
    of(status, body_in_place(rest, place))
}

/// A body that has a place in memory until it was sent.
pub(crate) fn body_in_place(rest: Bytes, place: Place) -> Body {
    if place.is_counted() { body_held(rest, place) } else { Body::from(rest) }
}

/// A body with something that is held until it was sent.
pub(crate) fn body_held(rest: Bytes, held: impl Send + Unpin + 'static) -> Body {
    Body::new(Portions { rest, _held: held })
}

fn encode<T: Serialize>(body: &T) -> Vec<u8> {
    serde_json::to_vec(body).expect("our own types have no maps with odd keys")
}

/// A large body in portions, so that it is let go only when the last of them was asked for.
struct Portions<Held> {
    rest: Bytes,
    _held: Held,
}

const PORTION: usize = 64 * 1024;

impl<Held: Unpin> HttpBody for Portions<Held> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(PORTION);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

/// An answer with a body that is JSON already.
pub(crate) fn of(status: StatusCode, body: Body) -> Answer {
    let mut answer = Response::new(body);
    // At once for all that will stand there: six of ours, and what the connection adds.
    *answer.headers_mut() = HeaderMap::with_capacity(12);
    *answer.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

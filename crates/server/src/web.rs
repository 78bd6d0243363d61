//! The pages: rendered here, whole without JavaScript; small scripts seal on the device where they run.
//!
//! | file | what stands there |
//! | --- | --- |
//! | `visitor` | who asks, in which language, over what |
//! | `filled` | a form that was sent, and that it comes from our own page |
//! | `frame` | what all pages have: title, navigation, language, footer |
//! | `page` | from a template to an answer, with its security policy |
//! | `wording` | sizes, times and lifetimes in words |
//! | `pages/…` | one file a page |

mod filled;
mod frame;
mod page;
mod pages;
mod visitor;
mod wording;

pub(crate) use page::{no_page, reads_pages};
pub(crate) use visitor::Visitor;

use crate::app::App;
use axum::routing::{MethodRouter, get, post};
use pages::{about, account, asked, docs, invite, language, plain, receipt, recent, secret, share, signin};
use std::sync::Arc;

/// The pages' routes. GET changes nothing, anywhere.
pub(crate) fn table() -> Vec<(String, MethodRouter<Arc<App>>)> {
    let mut table = vec![
        ("/", get(share::form).post(share::make)),
        ("/secret/{key}", get(secret::show).post(secret::reveal)),
        ("/secret/{key}/forget", post(secret::forget)),
        ("/signin", get(signin::form).post(signin::sign_in)),
        ("/signout", post(signin::sign_out)),
        ("/signup", get(asked::sign_up_form).post(asked::sign_up)),
        ("/forgot", get(asked::forgot_form).post(asked::forgot)),
        ("/invite/{token}", get(invite::form).post(invite::accept)),
        ("/recent", get(recent::show)),
        ("/account", get(account::show)),
        ("/account/password", post(account::set_password)),
        ("/account/keys", post(account::create_key)),
        ("/account/keys/revoke", post(account::revoke_key)),
        ("/account/notifications", post(account::set_notify)),
        ("/account/signout", post(account::sign_out_everywhere)),
        ("/about", get(about::show)),
        ("/docs/api", get(docs::api)),
        ("/language", post(language::choose)),
        ("/robots.txt", get(plain::robots)),
        ("/.well-known/security.txt", get(plain::security)),
        ("/assets/{name}", get(plain::asset)),
    ];
    // What was called private and metadata before is the same page.
    for receipt in [
        ("/receipt/{key}", "/receipt/{key}/burn", "/receipt/{key}/unlock"),
        ("/private/{key}", "/private/{key}/burn", "/private/{key}/unlock"),
        ("/metadata/{key}", "/metadata/{key}/burn", "/metadata/{key}/unlock"),
    ] {
        table.extend([
            (receipt.0, get(receipt::show)),
            (receipt.1, post(receipt::burn)),
            (receipt.2, post(receipt::unlock)),
        ]);
    }
    table.into_iter().map(|(path, served)| (path.to_owned(), served)).collect()
}

//! `burnbag generate`: a password that is made here, and a link to it.

use super::share::Sharing;
use super::system_rng;
use crate::args::Generate;
use crate::failure::Failure;
use burnbag_api::Sealing;
use burnbag_core::content::Content;
use burnbag_core::password::make_password;
use zeroize::Zeroizing;

pub(crate) fn run(args: &Generate) -> Result<u8, Failure> {
    let mut sharing = Sharing::prepare(&args.making, &args.reach, false, false)?;
    sharing.choose_passphrase(&args.making)?;
    let demanded_on_server = args.making.sealed.is_some() && sharing.sealed() == Sealing::Server;
    let made = if demanded_on_server {
        sharing.generate(&args.length.to_string())?
    } else {
        let value = make_password(usize::from(args.length), &mut system_rng()?);
        let mut made = sharing.share(Content::Text(value.clone()), None)?;
        made.value = Some(Zeroizing::new(value.expose().clone()));
        made
    };
    made.show(args.reach.json)?;
    Ok(0)
}

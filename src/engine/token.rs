//! Resume tokens: 128 random bits beside the conversation's id, kept only as a hash, rotated at
//! each resume.
//!
//! The token before the newest stays good until the newest has been used, because a welcome may be
//! lost on its way; so at any time at most two are.

use crate::transcripts::archive::Session;
use crate::transcripts::keys::Random;
use crate::transcripts::record::ConversationId;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// Whether a good token is the one given out last, or the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The one given out last.
    Newest,
    /// The one before, whose successor has not been used.
    Previous,
}

/// A token as a client sends it: 43 characters of base64url.
pub struct Token {
    /// The conversation that it opens.
    pub conversation: ConversationId,
    secret: [u8; 16],
}

impl Token {
    /// A new token for `conversation`.
    #[must_use]
    pub fn new(conversation: ConversationId, random: &dyn Random) -> Self {
        let mut secret = [0; 16];
        random.fill(&mut secret);
        Self {
            conversation,
            secret,
        }
    }

    /// Reads a token; none for anything that is not shaped like one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        if length != bytes.len() {
            return None;
        }
        let (id, rest) = bytes.split_first_chunk::<16>()?;
        let secret = rest.first_chunk::<16>()?;
        Some(Self {
            conversation: ConversationId(Uuid::from_bytes(*id)),
            secret: *secret,
        })
    }

    /// The text that the client keeps.
    #[must_use]
    pub fn text(&self) -> String {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(self.conversation.0.as_bytes());
        bytes[16..].copy_from_slice(&self.secret);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }

    /// Whether this token is good for `session`, and whether it is the newest.
    pub(super) fn standing(&self, session: &Session) -> Option<Standing> {
        let hash = self.hash();
        if bool::from(hash.ct_eq(&session.token_hash)) {
            return Some(Standing::Newest);
        }
        let previous = session.previous_hash?;
        bool::from(hash.ct_eq(&previous)).then_some(Standing::Previous)
    }

    /// The session after this token was used and `next` was given out; none if it is not valid.
    #[must_use]
    pub fn resume(&self, session: &Session, next: &Self) -> Option<Session> {
        self.standing(session).map(|_| Session {
            token_hash: next.hash(),
            previous_hash: Some(self.hash()),
            epoch: session.epoch + 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clock::SystemRandom;

    fn token() -> Token {
        Token::new(ConversationId(Uuid::from_u128(7)), &SystemRandom)
    }

    #[test]
    fn the_text_reads_back_and_nothing_else_does() {
        let token = token();
        let text = token.text();
        let shortened: String = text.chars().skip(1).collect();
        let read = Token::parse(&text).unwrap();
        assert_eq!(
            (read.conversation, read.hash()),
            (token.conversation, token.hash())
        );
        for bad in [
            "",
            "abc",
            &shortened,
            &format!("{text}A"),
            &format!("!{shortened}"),
        ] {
            assert!(Token::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_good_until_its_successor_was_used() {
        let (first, second, third) = (token(), token(), token());
        let session = Session {
            token_hash: first.hash(),
            previous_hash: None,
            epoch: 1,
        };
        let session = first.resume(&session, &second).unwrap();
        let lost_welcome = first.resume(&session, &third).unwrap();
        assert_eq!(lost_welcome.epoch, 3);
        assert!(
            second.resume(&lost_welcome, &third).is_none(),
            "never used, so replaced"
        );
        let session = second.resume(&session, &third).unwrap();
        assert!(
            first.resume(&session, &third).is_none(),
            "its successor was used"
        );
        assert!(token().resume(&session, &third).is_none());
    }
}

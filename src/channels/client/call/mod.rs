//! A telephony platform with a caller on the line: rings one of the three bridges, says and keys what it
//! is told, and gives back what would be spoken. For the terminal, examples, tests and load.
//!
//! It signs its requests as the platform does, and keeps nothing on disk.

mod cxone;
mod gather;
mod http;
mod relay;

pub use http::HttpError;

use cxone::Cxone;
use gather::Gather;
use relay::Relay;
use std::time::Duration;

/// Which bridge is rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Bridge {
    /// Twilio's or Telnyx's ConversationRelay
    Relay,
    /// NICE CXone's custom exchange endpoint
    Cxone,
    /// TwiML's Gather
    Gather,
}

/// How a call is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which bridge.
    pub bridge: Bridge,
    /// The server: `http://host:port`.
    pub url: String,
    /// The platform's secret: Twilio's auth token, or CXone's.
    pub secret: String,
    /// The header in which CXone sends it.
    pub cxone_header: String,
    /// What the platform calls this call; a number for CXone.
    pub contact: String,
    /// The number that rings.
    pub from: String,
    /// The number that is rung.
    pub to: String,
    /// The language, `en-GB` or `cy-GB`.
    pub locale: String,
}

impl Options {
    /// A call in English from a number that nobody has.
    #[must_use]
    pub fn new(bridge: Bridge, url: &str, secret: &str, contact: &str) -> Self {
        Self {
            bridge,
            url: url.trim_end_matches('/').to_owned(),
            secret: secret.to_owned(),
            cxone_header: "X-CeCe-Secret".to_owned(),
            contact: contact.to_owned(),
            from: "+447700900123".to_owned(),
            to: "+443069990000".to_owned(),
            locale: "en-GB".to_owned(),
        }
    }
}

/// What a caller does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Says something; what else a recogniser heard goes along, likelier first.
    Say(String, Vec<String>),
    /// Presses keys.
    Press(String),
    /// Says nothing.
    Silence,
    /// Says something that is not recognised.
    NoMatch,
    /// Speaks over what was being said, of which this had been heard. Only a relay can tell.
    Interrupt(String),
    /// Hangs up.
    HangUp,
}

/// What became of the call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Line {
    /// The assistant listens.
    #[default]
    Open,
    /// It is put through; to whom, as the platform is told.
    PutThrough(String),
    /// It is over.
    Over,
}

/// What is heard after an act.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What is spoken, in its parts.
    pub spoken: Vec<String>,
    /// What came, as it came.
    pub raw: Vec<String>,
    /// What became of the call.
    pub line: Line,
    /// How long the first words took to come; only a relay tells.
    pub first_after: Option<Duration>,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// A request failed.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The server refused it.
    #[error("the server answered {status}: {body}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it said.
        body: String,
    },
    /// The WebSocket failed.
    #[error("the relay failed: {0}")]
    Socket(#[from] Box<tokio_tungstenite::tungstenite::Error>),
    /// Nothing came in time.
    #[error("nothing came for {0} seconds")]
    Late(u64),
    /// What came is not what the protocol says.
    #[error("what came is not {0}")]
    Form(&'static str),
}

/// A call.
pub struct Caller(Kind);

enum Kind {
    Relay(Box<Relay>),
    Cxone(Cxone),
    Gather(Gather),
}

impl Caller {
    /// Rings, and hears the first words.
    ///
    /// # Errors
    /// The server cannot be reached, or refuses the call.
    pub async fn ring(options: Options) -> Result<(Self, Answer), CallError> {
        let (kind, answer) = match options.bridge {
            Bridge::Relay => {
                let (relay, answer) = Relay::ring(&options).await?;
                (Kind::Relay(Box::new(relay)), answer)
            }
            Bridge::Cxone => {
                let (cxone, answer) = Cxone::ring(options).await?;
                (Kind::Cxone(cxone), answer)
            }
            Bridge::Gather => {
                let (gather, answer) = Gather::ring(options).await?;
                (Kind::Gather(gather), answer)
            }
        };
        Ok((Self(kind), answer))
    }

    /// Does something, and hears what is said to it.
    ///
    /// # Errors
    /// The server cannot be reached, or says nothing.
    pub async fn act(&mut self, act: &Act) -> Result<Answer, CallError> {
        match &mut self.0 {
            Kind::Relay(relay) => relay.act(act).await,
            Kind::Cxone(cxone) => cxone.act(act).await,
            Kind::Gather(gather) => gather.act(act).await,
        }
    }

    /// Hears what is said though the caller does nothing: an officer's words, or that it is over. Only
    /// a relay can say such a thing. It may be given up at any time, and nothing is lost.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn listen(&mut self) -> Result<Answer, CallError> {
        match &mut self.0 {
            Kind::Relay(relay) => relay.listen().await,
            Kind::Cxone(_) | Kind::Gather(_) => std::future::pending().await,
        }
    }
}

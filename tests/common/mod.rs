//! What several test files share.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod cases;
pub mod oracle;

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hooks {

/// The public key that an SSH signature names.
struct SigningKey {
  std::string text;  // base64, as it stands in a .pub file and among allowed signers
  bool is_certificate = false;
};

/// Reads the key out of an armored signature; nothing where that is none.
/// Whether the signature is right is for ssh-keygen to say.
std::optional<SigningKey> ReadSigningKey(std::string_view armored);

}  // namespace hooks

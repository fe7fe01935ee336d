#include "hooks/terminal.h"

#include <fcntl.h>
#include <unistd.h>

namespace hooks {

bool HasTerminal() {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return false;
  const bool in_front = ::tcgetpgrp(terminal) == ::getpgrp();
  ::close(terminal);
  return in_front;
}

}  // namespace hooks

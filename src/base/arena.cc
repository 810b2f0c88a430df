// Blocks double in size, so a large file needs few of them and a small one wastes little.
#include "base/arena.h"

#include <algorithm>

namespace plimsoll {

void Arena::grow(std::size_t at_least) {
  const std::size_t size = std::max({kFirstBlock, size_ * 2, at_least});
  blocks_.emplace_back(new char[size]);  // not make_unique: it would zero the block
  block_ = blocks_.back().get();
  size_ = size;
  used_ = 0;
}

void Arena::clear() {
  if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
  used_ = 0;
}

}  // namespace plimsoll

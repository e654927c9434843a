/**
 * The program that holds a ref's lock: says `ready`, takes one `RefMove` as a message, answers with a
 * `RefMoved`. When its parent goes before the message came, it ends and moves nothing; after that it
 * waits for nothing, so that the ref is moved and the lock gone whatever becomes of the parent.
 */
import { moveUnderLock, type RefMove } from './ref-move.ts';

process.once('message', (move: RefMove) => {
  const end = moveUnderLock(move);
  if (process.connected) process.send?.(end, () => process.disconnect());
});
process.send?.('ready');

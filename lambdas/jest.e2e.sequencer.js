import Sequencer from '@jest/test-sequencer';

/** Folders and files whose tests take minutes, the longest first: jest itself goes by size, and would end with one alone. */
const longest = ['/terraform/', '/promises/', '/lost-answers.', '/host-agent/'];

const placeOf = ({ path }) => {
  const place = longest.findIndex((part) => path.includes(part));
  return place === -1 ? longest.length : place;
};

/** Jest's own order, with the long ones in front. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
}

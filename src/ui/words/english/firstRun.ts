/** What this is, said before the first use, and again when it changes. The same sentences stand on every report. */
export const firstRun = {
  title: 'Before you begin',
  points: [
    'Plumbline is investigational: a research tool, not a medical device.',
    'It is an aid for screening. It says whether a walk resembles those of people with scoliosis, and knows nothing of the spine itself.',
    'It misses some who have scoliosis, and names some who don’t. Whoever looks uneven to the eye is referred, whatever it says.',
    'The models that come with it have learned from simulated walks only. Their results show how the tool works and say nothing about a person.',
    'Everything stays on this device: no picture, no result and no name leaves it.',
  ],
  accept: 'I have read this',
  label: 'What this is',
};

/** Where videos come in, and what makes a good one. */
export const intake = {
  cameraSays: 'For one person after another in front of a webcam: each walk ends in a result, a record and a report.',
  title: 'Screen a walk for the pattern that scoliosis leaves',
  lead:
    'Choose a video of one person walking towards the camera. Plumbline follows the body frame by frame and compares the ' +
    'walk with those its model has learned.',
  drop: 'Drop videos here',
  dropNow: 'Let go to screen',
  or: 'or',
  choose: 'Choose videos…',
  chooseMore: 'More videos…',
  sample: 'Try the sample walk',
  sampleMore: 'Sample walk',
  sampleNote: 'The sample is a simulated walk and needs no video.',
  kinds: 'MP4, MOV, WebM or MKV. Several at once are screened one after another.',
};

export const advice = {
  title: 'A clip that works',
  points: [
    'One person, walking towards the camera',
    'The whole body in the picture, feet included',
    'From about 4 m away to 1.5 m',
    'Camera upright and still, about 1.4 m high',
    'Even light, close-fitting clothes',
  ],
  picture: 'Drawing: a person seen from the front, whole body inside the picture, with a plumb line through the middle.',
};

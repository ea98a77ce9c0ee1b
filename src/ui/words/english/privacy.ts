/** What leaves the device and what stays on it, for whoever has to decide whether it may be used. */
import { fileSize } from '../../format.ts';

export const privacy = {
  title: 'Privacy',
  lead: 'Nothing leaves this device. This page says what that means, how it is enforced, and how you can check it.',
  leaves: {
    title: 'What leaves',
    points: [
      'Nothing about a person: no picture, no keypoint, no result, no count of how often the page is used.',
      'Once it is loaded, the page asks only the place it came from, for its own files: programs, pose models, networks.',
      'The browser enforces it: the page’s content policy forbids every other address, for the page and for its workers.',
    ],
    check:
      'To check it: open the browser’s developer tools, tab “Network”, and screen a walk. Or load the page, go offline, and screen one.',
  },
  stays: {
    title: 'What stays on this device',
    points: [
      'A video or a camera’s picture is looked at frame by frame and forgotten. A walk is recorded only where the site turns that on.',
      'Records of the walks before the camera: a code, what was entered with it, the body’s keypoints, results and the text of the consent. They stay until somebody deletes them, or until the site’s period is over; a passphrase encrypts them.',
      'Models that you import, until you remove them on the Models page.',
      'The page itself, so that it works without a connection.',
      'The settings, and the choice of model, colours and language.',
    ],
    used: (bytes: number) => `This page keeps ${fileSize(bytes)} on this device, its own files included.`,
    unknown: 'This browser doesn’t say how much the page keeps.',
  },
  worth: {
    title: 'What a result is worth',
    simulated:
      'The model in use has learned from simulated walks only. Its results show how the tool works; they have no known relation to anybody’s spine.',
    trained: (data: string) => `The model in use was trained on: ${data}.`,
    more: 'What it was measured to be worth stands on its card, with the people it was measured on.',
    card: 'To the models',
    never:
      'No decision about a person may rest on a result alone. Whoever looks uneven to the eye is referred, whatever the result says.',
  },
};

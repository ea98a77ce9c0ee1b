import { describe, expect, it, vi } from 'vitest';
import { Camera, listCameras, type CameraDevices } from '../../../src/capture/camera/camera.ts';

class FakeTrack extends EventTarget {
  readonly label = 'Webcam';
  stopped = false;
  stop = () => (this.stopped = true);
  getSettings = () => ({ deviceId: 'one', width: 1280, height: 720, frameRate: 30 });
}

function devicesWith(track: FakeTrack | null, error?: Error) {
  const stream = { getVideoTracks: () => (track ? [track] : []), getTracks: () => (track ? [track] : []) };
  const getUserMedia = vi.fn(() => (error ? Promise.reject(error) : Promise.resolve(stream)));
  const enumerateDevices = () =>
    Promise.resolve([
      { kind: 'audioinput', deviceId: 'mic', label: 'Microphone' },
      { kind: 'videoinput', deviceId: 'one', label: 'Webcam' },
    ]);
  return { getUserMedia, enumerateDevices } as unknown as NonNullable<CameraDevices> & { getUserMedia: typeof getUserMedia };
}

describe('a camera', () => {
  it('is asked for with its whole picture, without sound, and by id where one was chosen', async () => {
    const devices = devicesWith(new FakeTrack());
    await Camera.open(devices, 'one');
    await Camera.open(devices);
    const [[first], [second]] = devices.getUserMedia.mock.calls as unknown as [
      [MediaStreamConstraints],
      [MediaStreamConstraints],
    ];
    expect(first).toMatchObject({ audio: false, video: { deviceId: { exact: 'one' }, resizeMode: { ideal: 'none' } } });
    expect(second.video).not.toHaveProperty('deviceId');
  });

  it('says what it is', async () => {
    const camera = await Camera.open(devicesWith(new FakeTrack()));
    expect(camera.choice).toEqual({ id: 'one', label: 'Webcam' });
    expect(camera.picture).toEqual({ width: 1280, height: 720 });
    expect(camera.frameRate).toBe(30);
    expect(await listCameras(devicesWith(null))).toEqual([{ id: 'one', label: 'Webcam' }]);
  });

  it('tells when it is unplugged, also whoever listens later, and not when it is closed', async () => {
    const track = new FakeTrack();
    const camera = await Camera.open(devicesWith(track));
    const lost = vi.fn();
    camera.onLost(lost);
    track.dispatchEvent(new Event('ended'));
    expect(lost).toHaveBeenCalledWith(expect.objectContaining({ code: 'camera-lost' }));
    const late = vi.fn();
    camera.onLost(late);
    expect(late).toHaveBeenCalledTimes(1);
    camera.close();
    expect(track.stopped).toBe(true);
    track.dispatchEvent(new Event('ended'));
    expect(late).toHaveBeenCalledTimes(1);
  });

  const named = (name: string) => Object.assign(new Error(), { name });
  it.each([
    ['NotAllowedError', 'camera-refused', /Allow it/],
    ['NotFoundError', 'camera-missing', /Plug it in/],
    ['OverconstrainedError', 'camera-missing', /choose another/],
    ['NotReadableError', 'camera-busy', /another program/],
    ['SomethingElse', 'camera-failed', /Plug it in again/],
  ])('that can’t be opened (%s) says why and what to do', async (name, code, sentence) => {
    const opening = Camera.open(devicesWith(null, named(name)));
    await expect(opening).rejects.toMatchObject({ name: 'CaptureError', code, message: expect.stringMatching(sentence) });
  });

  it('says so where the page is given none', async () => {
    await expect(Camera.open(undefined)).rejects.toMatchObject({ code: 'camera-unsupported' });
    await expect(listCameras(undefined)).rejects.toMatchObject({ code: 'camera-unsupported' });
    await expect(Camera.open(devicesWith(null))).rejects.toMatchObject({ code: 'camera-unsupported' });
  });
});

/** The page's entry: the screener, the device state that listens to it, and the interface. */
import { mount } from 'svelte';
import { Importer } from './screening/importer.ts';
import { Screener } from './screening/screener.ts';
import App from './ui/App.svelte';
import { Device } from './ui/device.svelte.ts';
import { noteVersion } from './ui/firstRun/firstRun.ts';
import { Offline } from './ui/offline.svelte.ts';
import { offlinePlace } from './ui/offlinePlace.ts';
import { recallModel } from './ui/rememberedModel.ts';
import './ui/style/tokens.css';
import './ui/style/base.css';
import './ui/style/print.css';

const base = document.baseURI;
const model = recallModel();
const device = new Device(model, (onState) => {
  const options = { base, appVersion: __APP_VERSION__, onState };
  return new Screener(model === null ? options : { ...options, model });
});

const target = document.getElementById('app');
if (!target) throw new Error('The page has no #app to live in.');
// While developing, files change under a service worker's hands.
const offline = new Offline(import.meta.env.PROD ? offlinePlace(base) : null);
mount(App, {
  target,
  props: { device, importer: new Importer(base), notice: await noteVersion() },
  context: new Map([[Offline, offline]]),
});
void offline.start(device.prepare());

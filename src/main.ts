/** The page's entry: the screener, the device state that listens to it, and the interface. */
import { mount } from 'svelte';
import { Screener } from './screening/screener.ts';
import App from './ui/App.svelte';
import { Device } from './ui/device.svelte.ts';
import './ui/style/tokens.css';
import './ui/style/base.css';

const device = new Device((onState) => new Screener({ base: document.baseURI, appVersion: __APP_VERSION__, onState }));

const target = document.getElementById('app');
if (!target) throw new Error('The page has no #app to live in.');
mount(App, { target, props: { device } });
void device.prepare();

/** This device: whether it can screen, and on what it runs. */
import type { Words } from '../english/english.ts';

export const device: Words['device'] = {
  label: '本设备',
  starting: '正在准备模型…',
  ready: '已就绪',
  failed: '本设备无法筛查',
  retry: '再试一次',
  details: '试过的计算引擎',
  engines: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: '纯 JavaScript' },
  threads: (count) => `${count} 个线程`,
  frameTime: (milliseconds) => `每帧 ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} 毫秒`,
  chosen: '使用中',
  passedOver: '未使用',
  model: '模型',
  lost: (id, instead) => `上次选用的模型 ${id} 已不在本设备上，现改用“${instead}”。`,
};

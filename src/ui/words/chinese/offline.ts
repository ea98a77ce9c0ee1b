/** Whether the app works without a connection, and what becomes of an update. */
import type { Words } from '../english/english.ts';

export const offline: Words['offline'] = {
  label: '离线使用',
  preparing: '正在为离线使用做准备…',
  ready: '可以离线使用',
  unsupported: '需要联网：这个浏览器不能离线使用',
  failed: '暂时不能离线使用',
  retry: '再试一次',
  update: '有更新可用',
  updateLater: '有更新可用，可在本次筛查结束后进行',
  updateNow: '现在更新',
  updateSays: '页面会重新载入，本设备上保存的内容不变。',
  progress: (done, total) => `已下载 ${(done / 1e6).toFixed(1)}，共 ${(total / 1e6).toFixed(1)}\u00a0MB`,
  otherTabs: (count) => `另有 ${count} 个标签页打开着 Plumbline。请先完成其中的工作并关闭，再在这里更新。`,
};

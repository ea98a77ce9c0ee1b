/** What leaves the device and what stays on it, for whoever has to decide whether it may be used. */
import { fileSize } from '../../format.ts';
import type { Words } from '../english/english.ts';

export const privacy: Words['privacy'] = {
  title: '隐私',
  lead: '数据不离开本设备。本页说明这是什么意思、如何保证，以及怎样自行核实。',
  leaves: {
    title: '什么会离开本设备',
    points: [
      '与人有关的一概不会：没有画面，没有关键点，没有结果，也不统计页面的使用次数。',
      '页面载入之后，只向它的来源地址请求自身的文件：程序、姿态模型、网络。',
      '由浏览器强制执行：页面的内容安全策略禁止页面及其后台程序访问任何其他地址。',
    ],
    check: '要核实，可打开浏览器的开发者工具，切换到“网络”标签，再筛查一段行走；也可在页面载入后断开网络，再筛查一段。',
  },
  stays: {
    title: '什么留在本设备上',
    points: [
      '视频和摄像头画面逐帧查看，看过不留存，也不录制。',
      '导入的模型，直到在“模型”页将其移除。',
      '所选的模型、配色和语言。',
    ],
    used: (bytes) => `本页面在本设备上占用 ${fileSize(bytes)}，包括页面自身的文件。`,
    unknown: '这个浏览器不提供页面占用的空间大小。',
  },
  worth: {
    title: '结果的价值',
    simulated: '当前模型只学过模拟的行走。它的结果用来展示工具如何运作，与任何人的脊柱都没有已知的关系。',
    trained: (data) => `当前模型的训练数据：${data}。`,
    more: '经测量它有多可靠、在哪些人身上测得，都写在模型卡上。',
    card: '查看模型',
    never: '不得仅凭一个结果对任何人作出决定。肉眼看来身体不对称的，无论结果如何，都建议转诊检查。',
  },
};

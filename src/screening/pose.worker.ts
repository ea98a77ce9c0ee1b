/** The pose worker's entry: the pose room's service behind comlink, with errors that keep their codes. */
import { expose } from 'comlink';
import './errorTransfer.ts';
import { PoseService } from '../pose/poseService.ts';

expose(new PoseService());

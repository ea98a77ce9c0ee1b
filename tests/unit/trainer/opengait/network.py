"""Loads the checkpoint of a job strictly into a network of PyTorch's own layers and prints its logits.

The layers are put together from the names and shapes of a ScoNet, or of a DRF with attention behind the part FCs, and know nothing of our
own definition. Arguments: the checkpoint, maps.npy [clips, channels, frames, 64, 44] in grey levels, vectors.npy [clips, 8, 3].
"""
import json
import sys

import numpy
import torch
from torch import nn
from torch.nn import functional


def convolution(inside, outside, kernel, stride):
    return nn.Conv2d(inside, outside, kernel, stride, kernel // 2, bias=False)


class Residual(nn.Module):
    def __init__(self, inside, outside, stride):
        super().__init__()
        self.conv1, self.bn1 = convolution(inside, outside, 3, stride), nn.BatchNorm2d(outside)
        self.conv2, self.bn2 = convolution(outside, outside, 3, 1), nn.BatchNorm2d(outside)
        if stride != 1 or inside != outside:
            self.downsample = nn.Sequential(convolution(inside, outside, 1, stride), nn.BatchNorm2d(outside))

    def forward(self, x):
        side = self.downsample(x) if hasattr(self, 'downsample') else x
        return functional.relu(side + self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x))))))


class Backbone(nn.Module):
    def __init__(self, channels, widths):
        super().__init__()
        self.conv1 = nn.ModuleDict({'conv': convolution(channels, widths[0], 3, 1)})
        self.bn1 = nn.BatchNorm2d(widths[0])
        inputs = [widths[0], *widths]
        for index, stride in enumerate([1, 2, 2, 1]):
            setattr(self, f'layer{index + 1}', nn.Sequential(Residual(inputs[index], widths[index], stride)))

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1['conv'](x)))
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


def bank(*shape):
    return nn.ParameterDict({'fc_bin': nn.Parameter(torch.zeros(*shape))})


class Network(nn.Module):
    def __init__(self, state):
        super().__init__()
        parts, width, embedding = state['FCs.fc_bin'].shape
        stem = state['Backbone.forward_block.conv1.conv.weight'].shape
        widths = [state[f'Backbone.forward_block.layer{layer}.0.conv1.weight'].shape[0] for layer in range(1, 5)]
        self.Backbone = nn.ModuleDict({'forward_block': Backbone(stem[1], widths)})
        self.FCs = bank(parts, width, embedding)
        self.BNNecks = nn.Module()
        self.BNNecks.fc_bin = nn.Parameter(torch.zeros(parts, embedding, 3))
        self.BNNecks.bn1d = nn.BatchNorm1d(embedding * parts)
        if any(name.startswith('PGA.') for name in state):
            self.PGA = nn.ModuleDict({'channel_attention': nn.Linear(24, embedding), 'spatial_attention': nn.Conv1d(3, 1, 1)})

    def forward(self, maps, vectors):
        clips, channels, frames, height, width = maps.shape
        features = self.Backbone['forward_block'](maps.transpose(1, 2).reshape(clips * frames, channels, height, width))
        walk = features.reshape(clips, frames, *features.shape[1:]).amax(1)
        strips = walk.reshape(clips, walk.shape[1], self.FCs['fc_bin'].shape[0], -1)
        embedding = torch.einsum('ncp,pce->nep', strips.mean(-1) + strips.amax(-1), self.FCs['fc_bin'])
        if hasattr(self, 'PGA'):
            channel = torch.sigmoid(self.PGA['channel_attention'](vectors.flatten(1)))
            pairs = self.PGA['spatial_attention'](vectors.transpose(1, 2))
            spatial = torch.sigmoid(functional.interpolate(pairs, embedding.shape[2], mode='linear', align_corners=False))
            embedding = embedding * channel.unsqueeze(2) * spatial
        neck = self.BNNecks.bn1d(embedding.flatten(1)).reshape(embedding.shape)
        unit = functional.normalize(neck, dim=1)
        return torch.einsum('nep,pek->nkp', unit, functional.normalize(self.BNNecks.fc_bin, dim=1))


checkpoint = torch.load(sys.argv[1], map_location='cpu')
maps, vectors = (torch.from_numpy(numpy.load(path)) for path in sys.argv[2:])
assert checkpoint['iteration'] == 0 and set(checkpoint) == {'model', 'iteration'}, list(checkpoint)
network = Network(checkpoint['model']).eval()
network.load_state_dict(checkpoint['model'], strict=True)
with torch.no_grad():
    logits = network(maps.float() / 255, vectors)
print(json.dumps({'shape': list(logits.shape), 'logits': logits.flatten().tolist()}))

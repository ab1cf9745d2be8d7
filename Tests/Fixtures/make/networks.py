"""Ten steps of small networks in PyTorch, to compare losses, slopes and update rules with.

    python -P Tests/Fixtures/make/networks.py

Each case holds its rows, the weights before and after ten steps on all rows at once, and the loss
before each step; weights lie as PyTorch's modules have them. It computes in 64 bits from numbers of
32, so that what differs is the engine's own rounding, on one thread.
Where slopes may be 0 but for rounding, the optimiser does not divide by their size: two right answers
would differ by whole steps.
Made with PyTorch 2.15.0.
"""
import json
import pathlib

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
target = pathlib.Path(__file__).resolve().parents[1] / 'networks.json'


class Last(nn.Module):
    """A recurrent layer's last state, of each direction its own last."""

    def __init__(self, cell):
        super().__init__()
        self.cell = cell

    def forward(self, x):
        _, state = self.cell(x)
        state = state[0] if isinstance(state, tuple) else state
        return torch.cat(list(state), dim=1)


def mlp(outputs, activation=nn.ReLU):
    return [('dense_1', nn.Linear(4, 6)), (None, activation()), ('dense_2', nn.Linear(6, 5)),
            (None, nn.Tanh()), ('output', nn.Linear(5, outputs))]


def cnn():
    return [('conv2d_1', nn.Conv2d(1, 3, 3, padding=1)), (None, nn.ReLU()), (None, nn.MaxPool2d(2)),
            ('conv2d_2', nn.Conv2d(3, 4, 2, stride=1)), (None, nn.GELU()), (None, nn.Flatten()),
            ('dense_1', nn.Linear(16, 5)), (None, nn.LeakyReLU(0.01)), ('output', nn.Linear(5, 3))]


def norms():
    return [('dense_1', nn.Linear(4, 6)), ('batch_norm_1', nn.BatchNorm1d(6)), (None, nn.ReLU()),
            ('dense_2', nn.Linear(6, 5)), ('layer_norm_1', nn.LayerNorm(5)), (None, nn.Sigmoid()),
            ('output', nn.Linear(5, 1))]


def rnn(name, cell):
    return [(name, Last(cell)), ('output', nn.Linear(cell.hidden_size * (1 + cell.bidirectional), 1))]


adam = lambda p: torch.optim.Adam(p, lr=0.01)
cases = [
    ('sgd', mlp(1), 'bce', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('momentum', mlp(1), 'bce', lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    ('nesterov', mlp(3), 'ce', lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
    ('rmsprop', mlp(3), 'ce', lambda p: torch.optim.RMSprop(p, lr=0.01, eps=0.01)),
    ('adam', mlp(3, nn.GELU), 'ce', adam),
    ('adam-decay', mlp(1), 'mse', lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    ('adamw', mlp(1, nn.Sigmoid), 'huber', lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    ('mae', mlp(1), 'mae', lambda p: torch.optim.SGD(p, lr=0.05)),
    ('smoothing', mlp(3), 'smooth', adam),
    ('clip', mlp(1), 'mse', lambda p: torch.optim.SGD(p, lr=0.5)),
    ('cnn', cnn(), 'ce', lambda p: torch.optim.Adam(p, lr=0.01, eps=0.001)),
    ('norms', norms(), 'bce', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('rnn', rnn('rnn_1', nn.RNN(2, 5, batch_first=True)), 'bce', adam),
    ('lstm', rnn('lstm_1', nn.LSTM(2, 5, batch_first=True)), 'bce', adam),
    ('gru', rnn('gru_1', nn.GRU(2, 5, batch_first=True, bidirectional=True)), 'bce', adam),
]

losses = {
    'bce': lambda y, t: nn.functional.binary_cross_entropy_with_logits(y[:, 0], t.double()),
    'ce': nn.functional.cross_entropy,
    'smooth': lambda y, t: nn.functional.cross_entropy(y, t, label_smoothing=0.1),
    'mse': lambda y, t: nn.functional.mse_loss(y[:, 0], t),
    'mae': lambda y, t: nn.functional.l1_loss(y[:, 0], t),
    'huber': lambda y, t: nn.functional.huber_loss(y[:, 0], t, delta=0.7),
}


def weights(layers):
    found = {}
    for name, module in layers:
        if name is None:
            continue
        module = module.cell if isinstance(module, Last) else module
        for key, value in module.state_dict().items():
            if key != 'num_batches_tracked':
                found[f'{name}.{key}'] = {'shape': list(value.shape),
                                          'numbers': value.flatten().tolist()}
    return found


result = {}
for number, (name, layers, loss, optimizer) in enumerate(cases):
    torch.manual_seed(number)
    for _, module in layers:
        for parameter in module.parameters():
            nn.init.normal_(parameter, 0, 0.5)
            parameter.data = parameter.data.float().double()
    columns = 36 if name == 'cnn' else 8 if layers[0][0] in ('rnn_1', 'lstm_1', 'gru_1') else 4
    x = torch.randn(12, columns).float().double()
    t = (torch.randn(12).float().double() if loss in ('mse', 'mae', 'huber')
         else torch.randint(0, 3 if loss in ('ce', 'smooth') else 2, (12,)))
    shaped = x.view(12, 1, 6, 6) if name == 'cnn' else x.view(12, 4, 2) if columns == 8 else x
    net = nn.Sequential(*[module for _, module in layers])
    before = weights(layers)
    steps, seen = optimizer(net.parameters()), []
    for _ in range(10):
        steps.zero_grad()
        value = losses[loss](net(shaped), t)
        value.backward()
        if name == 'clip':
            nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        steps.step()
        seen.append(value.item())
    result[name] = {'x': x.flatten().tolist(), 'columns': columns, 'labels': t.tolist(), 'loss': loss,
                    'before': before, 'after': weights(layers), 'losses': seen}

target.write_text(json.dumps({'made_with': torch.__version__, 'cases': result}) + '\n')
print(target, target.stat().st_size)

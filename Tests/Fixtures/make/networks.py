"""Ten steps of small networks in PyTorch, to compare losses, slopes and update rules with.

    python -P Tests/Fixtures/make/networks.py

Each case holds its rows, the weights before and after ten steps on all rows at once, and the loss
before each step; weights lie as PyTorch's modules have them. It computes in 64 bits from numbers of
32, so that what differs is the engine's own rounding, on one thread.
Where slopes may be 0 but for rounding, the optimiser does not divide by their size: two right answers
would differ by whole steps.
Where PyTorch has a file of its own form, that too is made here: weights in safetensors and as an ONNX
graph's initialisers, and the learning rates of its schedules.
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
    ('focal', mlp(1), 'focal', adam),
    ('focal-many', mlp(3), 'focal-many', adam),
    ('smoothing-two', mlp(1), 'smooth-two', adam),
    ('lasso', mlp(1, nn.Tanh), 'bce', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('ridge', mlp(1, nn.Tanh), 'bce', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('elastic', mlp(1, nn.Tanh), 'mse', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('rmsprop-momentum', mlp(3), 'ce',
     lambda p: torch.optim.RMSprop(p, lr=0.01, eps=0.01, momentum=0.5)),
    ('clip-value', mlp(1), 'mse', lambda p: torch.optim.SGD(p, lr=0.5)),
    ('clip', mlp(1), 'mse', lambda p: torch.optim.SGD(p, lr=0.5)),
    ('cnn', cnn(), 'ce', lambda p: torch.optim.Adam(p, lr=0.01, eps=0.001)),
    ('norms', norms(), 'bce', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('rnn', rnn('rnn_1', nn.RNN(2, 5, batch_first=True)), 'bce', adam),
    ('lstm', rnn('lstm_1', nn.LSTM(2, 5, batch_first=True)), 'bce', adam),
    ('gru', rnn('gru_1', nn.GRU(2, 5, batch_first=True, bidirectional=True)), 'bce', adam),
]

def focal(y, t):
    z = torch.where(t == 1, y[:, 0], -y[:, 0])
    p = torch.sigmoid(z)
    return (-(1 - p) ** 2 * torch.log(p)).mean()


def focal_many(y, t):
    p = torch.softmax(y, dim=1)[torch.arange(len(t)), t]
    return (-(1 - p) ** 2 * torch.log(p)).mean()


# The strength, and the share of it that is absolute; biases are left out.
penalties = {'lasso': (0.1, 1.0), 'ridge': (0.1, 0.0), 'elastic': (0.1, 0.3)}


def penalty(net, alpha, share):
    own = [p for p in net.parameters() if p.dim() > 1]
    return alpha * sum(share * p.abs().sum() + (1 - share) / 2 * (p ** 2).sum() for p in own)


losses = {
    'focal': focal, 'focal-many': focal_many,
    'smooth-two': lambda y, t: nn.functional.binary_cross_entropy_with_logits(
        y[:, 0], 0.9 * t.double() + 0.05),
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
for name, layers, loss, optimizer in cases:
    # By name, so that a case that is added changes no other.
    torch.manual_seed(sum(name.encode()))
    for _, module in layers:
        for parameter in module.parameters():
            nn.init.normal_(parameter, 0, 0.5)
            parameter.data = parameter.data.float().double()
    columns = 36 if name == 'cnn' else 8 if layers[0][0] in ('rnn_1', 'lstm_1', 'gru_1') else 4
    x = torch.randn(12, columns).float().double()
    t = (torch.randn(12).float().double() if loss in ('mse', 'mae', 'huber')
         else torch.randint(0, 3 if loss in ('ce', 'smooth', 'focal-many') else 2, (12,)))
    shaped = x.view(12, 1, 6, 6) if name == 'cnn' else x.view(12, 4, 2) if columns == 8 else x
    net = nn.Sequential(*[module for _, module in layers])
    before = weights(layers)
    steps, seen = optimizer(net.parameters()), []
    for _ in range(10):
        steps.zero_grad()
        value = losses[loss](net(shaped), t)
        (value + penalty(net, *penalties[name]) if name in penalties else value).backward()
        if name == 'clip':
            nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        if name == 'clip-value':
            nn.utils.clip_grad_value_(net.parameters(), 0.05)
        steps.step()
        seen.append(value.item())
    result[name] = {'x': x.flatten().tolist(), 'columns': columns, 'labels': t.tolist(), 'loss': loss,
                    'before': before, 'after': weights(layers), 'losses': seen}

# The rates of 12 steps, 3 to an epoch, from a rate of 1; a plateau's by the losses of its epochs.
plateau = [1.0, 0.9, 0.95, 0.94, 0.93, 0.92, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
one = lambda: torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
rates = {}
for name, epochs, make in [
        ('step', True, lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=2, gamma=0.5)),
        ('cosine', False, lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 12, eta_min=0.1)),
        ('one_cycle', False, lambda o: torch.optim.lr_scheduler.OneCycleLR(
            o, max_lr=1.0, total_steps=12, pct_start=0.25, div_factor=10, final_div_factor=100,
            cycle_momentum=False)),
        ('warm_up', False, lambda o: torch.optim.lr_scheduler.LambdaLR(
            o, lambda step: min(1, (step + 1) / 6))),
        ('plateau', True, lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(
            o, factor=0.5, patience=2))]:
    steps, seen = one(), []
    schedule = make(steps)
    for step in range(12):
        seen.append(steps.param_groups[0]['lr'])
        steps.step()
        if name == 'plateau':
            schedule.step(plateau[step])
        elif not epochs or step % 3 == 2:
            schedule.step()
    rates[name] = seen

folder = target.parent / 'weights'
folder.mkdir(exist_ok=True)
torch.manual_seed(1)
small = nn.Sequential()
small.dense_1 = nn.Linear(4, 6)
small.output = nn.Linear(6, 1)
state = {key: value.float() for key, value in small.state_dict().items()}
from safetensors.torch import save_file  # noqa: E402
save_file(state, folder / 'small.safetensors')
import onnx  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402
graph = helper.make_graph(
    [helper.make_node('Gemm', ['x', 'dense_1.weight', 'dense_1.bias'], ['h'], transB=1),
     helper.make_node('Relu', ['h'], ['r']),
     helper.make_node('Gemm', ['r', 'output.weight', 'output.bias'], ['y'], transB=1)],
    'small', [helper.make_tensor_value_info('x', onnx.TensorProto.FLOAT, [None, 4])],
    [helper.make_tensor_value_info('y', onnx.TensorProto.FLOAT, [None, 1])],
    [numpy_helper.from_array(value.numpy(), key) for key, value in state.items()])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)]),
          folder / 'small.onnx')
imported = {key: value.flatten().tolist() for key, value in state.items()}

target.write_text(json.dumps({'made_with': torch.__version__, 'cases': result, 'rates': rates,
                              'plateau': plateau, 'imported': imported}) + '\n')
print(target, target.stat().st_size)

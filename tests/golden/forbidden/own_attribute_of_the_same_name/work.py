class Head:
    def __init__(self, softmax):
        self.softmax = softmax

    def forward(self, x):
        return self.softmax(x)
